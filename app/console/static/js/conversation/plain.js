/** An article's markup as plain words: customers and agents read replies, not marks. */

const RULE = /^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$/;
const ROW = /^\s*\|.*\|\s*$/;

/** Tables become lines whose cells are parted by dots; heads, quotes and stresses lose their marks. */
export const plain = (text) =>
  text
    .split("\n")
    .filter((line) => !(line.includes("|") && RULE.test(line)))
    .map((line) => (ROW.test(line) ? cells(line) : unmarked(line)))
    .join("\n");

const cells = (line) =>
  line
    .trim()
    .slice(1, -1)
    .split("|")
    .map((cell) => unmarked(cell).trim())
    .filter(Boolean)
    .join(" · ");

const unmarked = (line) =>
  line
    .replace(/^\s*(#{1,6}|>)\s+/, "")
    .replace(/\*\*(.+?)\*\*/g, "$1")
    .replace(/`([^`]+)`/g, "$1")
    .replace(/!?\[([^\]]*)\]\((https?:[^)\s]+)\)/g, "$1 ($2)");
