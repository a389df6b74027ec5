"""Articles in the console: drafts are never found, an edit's old text is gone at once, nothing is overwritten."""

from typing import Any

import pytest

from app.care.ingesting import Document
from app.domain.agents import AgentRole
from tests.fakes.served import Served

DESCALING = {"title": "Descaling", "text": "Descale the Pour 4 every 3 months with citric acid.", "status": "published"}
QUESTION = "How often do I descale the Pour 4?"
Headers = dict[str, str]


@pytest.fixture
async def supervisor(served: Served) -> Headers:
    return await served.agent(AgentRole.SUPERVISOR)


@pytest.fixture
async def agent(served: Served) -> Headers:
    return await served.agent(AgentRole.AGENT)


async def written(served: Served, who: Headers, **changed: Any) -> dict[str, Any]:
    answer = await served.client.post("/v1/agent/articles", json=DESCALING | changed, headers=who)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def reply(served: Served) -> dict[str, Any]:
    """From what is known now: on a busy machine a search goes on with what it had."""
    await served.service.search.refresh()
    return await reply_at_once(served)


async def reply_at_once(served: Served) -> dict[str, Any]:
    return (await served.client.post("/v1/chat", json={"text": QUESTION})).json()


async def edited(served: Served, who: Headers, article: dict[str, Any], **changed: Any) -> Any:
    names = ("title", "text", "status", "digest")
    body = {name: article[name] for name in names} | changed
    return await served.client.put(f"/v1/agent/articles/{article['id']}", json=body, headers=who)


async def test_a_published_article_answers_customers_and_a_draft_never_does(
    served: Served, supervisor: Headers
) -> None:
    draft = await written(served, supervisor, status="draft")

    before = await reply(served)
    await edited(served, supervisor, draft, status="published")
    after = await reply(served)

    assert (before["outcome"], "citric" in before["reply"]) == ("not_known", False)
    assert "every 3 months with citric acid" in after["reply"]
    assert after["citations"][0]["title"] == "Descaling"


async def test_what_is_made_a_draft_again_is_found_no_more(served: Served, supervisor: Headers) -> None:
    article = await written(served, supervisor)
    answered = await reply(served)

    await edited(served, supervisor, article, status="draft")

    assert answered["outcome"] == "answered"
    assert (await reply_at_once(served))["outcome"] == "not_known"


async def test_an_edited_article_keeps_its_id_and_address_and_its_old_text_is_gone_at_once(
    served: Served, supervisor: Headers
) -> None:
    article = await written(served, supervisor, address="https://shop.example/help/descaling")
    await reply(served)

    answer = await edited(served, supervisor, article, text="Descale the Pour 4 every 5 months with vinegar.")
    at_once, said = await reply_at_once(served), await reply(served)

    assert (answer.json()["id"], answer.json()["address"]) == (article["id"], article["address"])
    assert "every 5 months with vinegar" in said["reply"]
    assert "citric" not in at_once["reply"] + said["reply"]


async def test_who_edits_what_somebody_else_has_changed_is_told(served: Served, supervisor: Headers) -> None:
    article = await written(served, supervisor)
    await edited(served, supervisor, article, text="Descale it monthly.")

    late = await edited(served, supervisor, article, text="Never descale it.")

    assert (late.status_code, late.json()["type"]) == (409, "about:careline/article-changed")
    assert "monthly" in (await served.client.get(f"/v1/agent/articles/{article['id']}", headers=supervisor)).text


async def test_agents_write_drafts_and_supervisors_publish(served: Served, agent: Headers, supervisor: Headers) -> None:
    draft = await written(served, agent, status="draft")
    public = await written(served, supervisor)

    refused = [
        await served.client.post("/v1/agent/articles", json=DESCALING, headers=agent),
        await edited(served, agent, draft, status="published"),
        await edited(served, agent, public, text="Mine."),
        await edited(served, agent, public, status="draft"),
        await served.client.delete(f"/v1/agent/articles/{public['id']}", headers=agent),
        await served.client.post("/v1/agent/articles/files", files={"files": ("a.md", b"# A\n\nb")}, headers=agent),
    ]
    allowed = [
        await edited(served, agent, draft, text="Better words."),
        await served.client.delete(f"/v1/agent/articles/{draft['id']}", headers=agent),
    ]

    assert [answer.status_code for answer in refused] == [403] * 6
    assert [answer.status_code for answer in allowed] == [200, 204]


async def test_articles_are_listed_newest_first_and_found_by_words_and_status(
    served: Served, supervisor: Headers
) -> None:
    first = await written(served, supervisor)
    second = await written(served, supervisor, title="Returns 100%", text="Send it back.", status="draft")

    async def ids(**query: str) -> list[str]:
        found = (await served.client.get("/v1/agent/articles", params=query, headers=supervisor)).json()
        assert found["total"] == len(found["articles"])
        return [each["id"] for each in found["articles"]]

    assert await ids() == [second["id"], first["id"]]
    assert await ids(q="citric DESCAL") == [first["id"]]
    assert await ids(q="0%") == [second["id"]]
    assert await ids(status="draft") == [second["id"]]
    assert await ids(q="nothing of it") == []


async def test_a_folder_taken_in_again_leaves_what_was_written_in_the_console(
    served: Served, supervisor: Headers
) -> None:
    article = await written(served, supervisor)
    document = Document(name="tea.md", source="help/tea.md", content=b"# Tea\n\nTea takes 80 degrees.")
    await served.service.ingesting.take_documents([document])

    report = await served.service.ingesting.take_documents([document], whole_source="help")

    assert report.deleted == []
    assert (await served.client.get(f"/v1/agent/articles/{article['id']}", headers=supervisor)).status_code == 200


async def test_an_article_of_a_folder_is_changed_only_once_it_was_taken_over(
    served: Served, supervisor: Headers
) -> None:
    document = Document(name="tea.md", source="help/tea.md", content=b"# Tea\n\nTea takes 80 degrees.")
    await served.service.ingesting.take_documents([document])
    article = (await served.client.get("/v1/agent/articles/tea.md", headers=supervisor)).json()

    refused = await edited(served, supervisor, article, text="Tea takes 90 degrees.")
    kept = await served.client.delete("/v1/agent/articles/tea.md", headers=supervisor)
    taken = await edited(served, supervisor, article, text="Tea takes 90 degrees.", take_over=True)
    report = await served.service.ingesting.take_documents([document], whole_source="help")

    assert (article["own"], refused.status_code, kept.status_code) == (False, 409, 409)
    assert (taken.status_code, taken.json()["own"]) == (200, True)
    assert (report.kept, report.broken) == (["tea.md"], {})
    assert "90 degrees" in (await served.client.get("/v1/agent/articles/tea.md", headers=supervisor)).text


async def test_several_files_are_taken_and_a_broken_one_is_named(served: Served, supervisor: Headers) -> None:
    files = [
        ("files", ("tea.md", b"# Tea\n\nTea takes 80 degrees.", "text/markdown")),
        ("files", ("cups.html", b"<html><body><p>Cups go in the dishwasher, all of them do.</p></body></html>")),
        ("files", ("broken.pdf", b"%PDF-nothing")),
    ]

    answer = await served.client.post("/v1/agent/articles/files", files=files, headers=supervisor)

    assert set(answer.json()["changed"]) == {"tea.md", "cups.html"}
    assert answer.json()["broken"].keys() == {"broken.pdf"}
    listed = (await served.client.get("/v1/agent/articles", headers=supervisor)).json()["articles"]
    assert {(each["own"], each["changed_by"]) for each in listed} == {(True, "supervisor")}


async def test_files_that_are_uploaded_as_drafts_are_not_found(served: Served, supervisor: Headers) -> None:
    files = {"files": ("descaling.md", f"# Descaling\n\n{DESCALING['text']}".encode())}

    answer = await served.client.post(
        "/v1/agent/articles/files", files=files, data={"status": "draft"}, headers=supervisor
    )
    said = await reply(served)
    again = await served.client.post("/v1/agent/articles/files", files=files, headers=supervisor)

    assert (answer.json()["changed"], said["outcome"]) == (["descaling.md"], "not_known")
    assert (again.json()["changed"], (await reply(served))["outcome"]) == (["descaling.md"], "answered")


async def test_who_changed_what_stands_in_the_audit(served: Served, supervisor: Headers) -> None:
    admin = await served.agent(AgentRole.ADMINISTRATOR)
    article = await written(served, supervisor)
    await edited(served, supervisor, article, text="Descale it monthly.")
    await served.client.delete(f"/v1/agent/articles/{article['id']}", headers=supervisor)

    noted = (await served.client.get("/v1/agent/audit", headers=admin)).json()["audit"]

    about = [each for each in noted if each["object"] == article["id"]]
    assert [each["action"] for each in about] == ["article.taken_out", "article.changed", "article.written"]
    assert {each["agent"] for each in about} == {"supervisor"}


async def test_a_preview_shows_the_passages_and_stores_nothing(served: Served, agent: Headers) -> None:
    body = {"title": "Descaling", "text": "Monthly.\n\n## Pour\n\nWith acid.\n\n## Kettle\n\nWith vinegar."}

    answer = await served.client.post("/v1/agent/articles/preview", json=body, headers=agent)

    titles = [each["title"] for each in answer.json()["passages"]]
    assert titles == ["Descaling", "Descaling > Pour", "Descaling > Kettle"]
    assert (await served.client.get("/v1/agent/articles", headers=agent)).json()["total"] == 0


async def test_a_tried_question_shows_what_would_be_found_and_said_and_leaves_no_conversation(
    served: Served, supervisor: Headers
) -> None:
    article = await written(served, supervisor)

    await served.service.search.refresh()
    tried = (await served.client.post("/v1/agent/articles/try", json={"question": QUESTION}, headers=supervisor)).json()

    assert (tried["outcome"], tried["answerable"] > 0.4) == ("answered", True)
    assert "every 3 months" in tried["reply"]
    assert tried["citations"][0]["article"] == article["id"]
    assert [(each["article"], each["text"]) for each in tried["passages"]] == [(article["id"], DESCALING["text"])]


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "  "},
        {"text": ""},
        {"text": "\x00"},
        {"address": "javascript:alert(1)"},
        {"valid_from": "2026-02-01", "valid_until": "2026-01-01"},
        {"status": "secret"},
        {"id": "mine"},
    ],
)
async def test_an_article_that_cannot_be_is_refused(
    served: Served, supervisor: Headers, changed: dict[str, Any]
) -> None:
    answer = await served.client.post("/v1/agent/articles", json=DESCALING | changed, headers=supervisor)

    assert answer.status_code == 422


async def test_an_unknown_article_is_told_like_any_other(served: Served, supervisor: Headers) -> None:
    article = await written(served, supervisor)

    answers = [
        await served.client.get("/v1/agent/articles/art_nowhere", headers=supervisor),
        await served.client.delete("/v1/agent/articles/art_nowhere", headers=supervisor),
        await edited(served, supervisor, article | {"id": "art_nowhere"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
