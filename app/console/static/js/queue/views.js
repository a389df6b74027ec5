/** The views of the list: what each holds and what it says when nothing is there. */

/** `live` takes its conversations out of the live queue; `status` asks the service for them. */
export const VIEWS = {
  waiting: { words: "Waiting", live: (queue) => queue.waiting, status: "waiting" },
  mine: { words: "Mine", live: (queue) => queue.mine, status: "with_agent" },
  with_assistant: { words: "Assistant", live: null, status: "with_assistant" },
  all: { words: "All", live: null, status: "" },
};

export const EMPTY = {
  waiting: {
    icon: "calm",
    title: "Nobody is waiting",
    words: "When a customer asks for a person, or needs one, they appear here at once.",
  },
  mine: {
    icon: "hand",
    title: "Nothing in your hands",
    words: "Claim a conversation that waits, or take one over from the assistant.",
  },
  with_assistant: {
    icon: "spark",
    title: "The assistant has nothing to do",
    words: "Conversations that the assistant leads stand here. You can take over any of them.",
  },
  all: {
    icon: "chat",
    title: "No conversations yet",
    words: "The first customer who writes appears here. Try it yourself on the demo page.",
  },
};
