"""A household that may have been reported already, neighbours who report, cadres at the door, photos with a place."""

from __future__ import annotations

from collections.abc import Callable

from bot.turn import Location
from cases.access import reveal_file
from cases.actions.own_case import withdraw
from cases.actors import Grant, Officer, Reporter, Role
from cases.case import find_case
from cases.duplicates import Wish, links_of, possible_duplicates
from cases.report import Approach
from storage.database import transaction
from tests.bot.conftest import COUNTY, TOWNSHIP, VILLAGE, Meet, Person

STORY = "我家在会师镇南家咀头村三社，我爸上个月脑梗住院花了八万多，户主王建国，电话13912345678"
AGAIN = "南家咀头村三社，户主王健国，电话15800001111，上个月脑梗住院，把钱花光了"
NEIGHBOUR = "邻居李大山家失火了，花了两万，在会师镇南家咀头村，电话13700001111"


def hand_in(person: Person, story: str) -> list[str]:
    """Tell a whole report and consent; return what is said then."""
    person.say("一键报贫")
    assert person.say(story) == ["report.review"]
    person.tap("都对")
    return person.tap("同意并提交")


def receipt_of(person: Person) -> str:
    """Return the receipt of the report handed in last."""
    return list(person.state.sent.values())[-1]


def case_count(person: Person) -> int:
    """Return how many cases there are."""
    return int(next(person.store.db.query("SELECT count(*) AS n FROM cases"))["n"])


def county_officer() -> Officer:
    """Return an officer who sees the whole county."""
    return Officer(id="o", number=1, name="马", grants=(Grant(Role.COUNTY, COUNTY),))


def test_household_reported_before_by_another_is_asked_about_without_telling_what_was_said(meet: Meet) -> None:
    hand_in(meet("wife"), STORY)
    other = meet("uncle")
    assert hand_in(other, AGAIN) == ["report.maybe_reported"]
    assert "名字" in other.text
    assert not any(told in other.text for told in ("王建国", "13912345678", "八万", receipt_of(meet("wife"))))
    assert case_count(other) == 1


def test_own_report_of_one_household_is_added_to_and_makes_no_second_case(villager: Person) -> None:
    hand_in(villager, STORY)
    assert hand_in(villager, AGAIN) == ["report.maybe_reported"]
    assert villager.tap("加到") == ["notice.supplemented"]
    assert case_count(villager) == 1
    assert villager.state.drafts == ()


def test_report_that_goes_on_is_linked_and_never_merged(meet: Meet) -> None:
    hand_in(meet("wife"), STORY)
    other = meet("uncle")
    hand_in(other, AGAIN)
    assert other.tap("不是一回事") == ["notice.received"]
    assert case_count(other) == 2
    case = find_case(other.store, receipt_of(other))
    assert case is not None
    (link,) = links_of(other.store, case)
    assert (link.earlier.receipt, link.wish, link.same) == (receipt_of(meet("wife")), Wish.APART, None)
    assert [earlier.receipt for earlier in possible_duplicates(other.store, case, officer=county_officer())] == [
        link.earlier.receipt
    ]


def test_report_after_an_ended_one_is_accepted_and_asks_what_is_new(villager: Person) -> None:
    hand_in(villager, STORY)
    first = receipt_of(villager)
    with transaction(villager.store):
        withdraw_own(villager, first)
    assert hand_in(villager, AGAIN)[-1] == "report.ask_news"
    assert villager.say("这回又查出了肺癌") == ["notice.received"]
    with transaction(villager.store):
        file = reveal_file(villager.store, receipt_of(villager), officer=county_officer(), now=villager.now)
    assert file.form is not None
    assert "新的情况：这回又查出了肺癌" in file.form.story
    assert [link.wish for link in links_of(villager.store, file.case)] == [Wish.AGAIN]


def test_neighbours_of_one_village_are_two_households(meet: Meet) -> None:
    hand_in(meet("one"), STORY)
    other = meet("two")
    story = "我家在会师镇南家咀头村三社，冰雹把果园打了，户主王占海，电话13600002222"
    assert hand_in(other, story) == ["notice.received"]


def test_hidden_neighbour_is_unknown_to_the_village_and_goes_to_the_township_first(villager: Person) -> None:
    villager.say("一键报贫")
    assert villager.say(NEIGHBOUR) == ["report.ask_approached"]
    assert villager.tap("别让他们知道") == ["report.review"]
    villager.tap("都对")
    villager.tap("同意并提交")
    receipt = receipt_of(villager)
    case = find_case(villager.store, receipt)
    assert case is not None
    assert case.area_code == TOWNSHIP
    village = Officer(id="v", number=2, name="李", grants=(Grant(Role.VILLAGE, TOWNSHIP),))
    with transaction(villager.store):
        told = reveal_file(villager.store, receipt, officer=village, now=villager.now)
        whole = reveal_file(villager.store, receipt, officer=county_officer(), now=villager.now)
    assert (told.householder.phone, told.reporter) == ("", None)
    assert told.form is not None
    assert "13700001111" not in told.form.story
    assert whole.householder.phone == "13700001111"
    assert whole.form is not None
    assert whole.form.approach is Approach.HIDDEN


def test_household_that_moved_is_seen_by_both_villages(villager: Person) -> None:
    story = "我们户口在会师镇南家咀头村，现在住在河畔镇河畔村，我爸脑梗了，户主王建国，电话13912345678"
    hand_in(villager, story)
    case = find_case(villager.store, receipt_of(villager))
    assert case is not None
    assert case.area_code == VILLAGE
    rows = [row["area_code"] for row in villager.store.db.query("SELECT area_code FROM case_areas")]
    assert len(rows) == 1
    there = Officer(id="v", number=2, name="李", grants=(Grant(Role.VILLAGE, rows[0]),))
    with transaction(villager.store):
        assert reveal_file(villager.store, case.receipt, officer=there, now=villager.now).case.receipt == case.receipt


def test_cadre_reads_aloud_and_goes_on_with_the_next_household_of_his_village(villager: Person) -> None:
    villager.say("一键报贫")
    villager.say("我是南家咀头村的村文书，三社的王建国，得了脑梗，电话13912345678")
    assert villager.tap("都对") == ["report.read_aloud", "report.consent"]
    assert "念给" in villager.text
    assert villager.tap("同意并提交")[-1] == "report.next_household"
    villager.tap("再报一户")
    draft = villager.state.draft
    assert draft is not None
    assert draft.place is not None
    assert draft.place.code == VILLAGE


def test_paper_entered_later_counts_from_its_own_day(villager: Person, officer: Callable[..., Person]) -> None:
    clerk = officer("马志远", Role.TOWNSHIP, TOWNSHIP)
    clerk.say("一键报贫")
    clerk.say(STORY)
    clerk.tap("改哪天收到的")
    assert clerk.say("3月2日") == ["report.review"]
    clerk.tap("都对")
    clerk.tap("同意并提交")
    case = find_case(villager.store, receipt_of(clerk))
    assert case is not None
    assert case.applied_on.isoformat() == "2026-03-02"


def test_place_of_a_photo_is_offered_and_taken_only_when_wanted(villager: Person) -> None:
    villager.say("一键报贫")
    kinds = villager.say(attachments=("a",), photo_place=Location(35.7, 105.05))
    assert kinds == ["report.photo_kept", "report.photo_place", "report.ask_story"]
    assert villager.state.draft is not None
    assert villager.state.draft.location is None
    villager.say(button="there")
    assert villager.state.draft.location == Location(35.7, 105.05)


def withdraw_own(person: Person, receipt: str) -> None:
    """Take a report back from the chat that made it."""
    withdraw(person.store, receipt, actor=Reporter(person.channel, person.chat), now=person.now)
