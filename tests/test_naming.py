"""What a typed text names, and what it never names."""
# ruff: noqa: RUF001  letters of other scripts are what is tested

from collections.abc import Callable
from subprocess import run
from sys import executable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptrack.errors import AmbiguousError, NotFoundError, PtrackError, UsageError
from ptrack.naming import Named, beginning_with, clean, fold, nearest, resolve, split_names

CLIENTS = [
    Named(3, "Anna Berg"),
    Named(4, "Xenia Maro"),
    Named(7, "Anders Holm"),
    Named(8, "Zoë Łukasiewicz"),
    Named(9, "Berg, Anna"),
    Named(12, "Mary-Ann O’Brien"),
]
EXERCISES = [
    Named(1, "Back Squat", ("Squat", "Squat (Barbell)")),
    Named(2, "Front Squat", ("Front Squat (Barbell)",)),
    Named(3, "Overhead Press", ("OHP", "Overhead Press (Barbell)")),
    Named(4, "Dumbbell Shoulder Press", ("Overhead Press (Dumbbell)",)),
]


def client(text: str) -> Named:
    return resolve(text, CLIENTS, "client")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Anna \t Berg\n", "anna berg"),
        ("Zoë", "zoe"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Søren Đukić", "soren dukic"),
        ("İpek Işık", "ipek isik"),
        ("ΆΝΝΑ", "αννα"),
        ("Алёна", "алена"),
        ("O’Brien", "o'brien"),
        ("Pull‑Up", "pull-up"),
        ("がとう", "がとう"),
        ("ANNA", "anna"),
    ],
)
def test_letter_case_accents_and_spaces_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("  Anna\r\n Berg ", "Anna Berg"),
        ("Anna\x00\x1b[31mBerg", "Anna[31mBerg"),
        ("\u202eanna\u202c \u2066b\u2069", "anna b"),
        ("An\u200bna\ufeff B\u200deb", "Anna Beb"),
        ("Coach 👩\u200d🏫", "Coach 👩\u200d🏫"),
        ("Coach 👩\u200d", "Coach 👩"),
        ("می\u200cروم", "می\u200cروم"),
        ("Zoe\u0308", "Zoë"),
        ("健 二\u3000佐藤", "健 二 佐藤"),
        ("\u200b", ""),
    ],
)
def test_a_stored_name_holds_what_can_be_seen(text: str, stored: str) -> None:
    assert clean(text) == stored


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4", 4),
        ("004", 4),
        ("anna berg", 3),
        ("ANNA  BERG", 3),
        ("xe", 4),
        ("maro", 4),
        ("ander", 7),
        ("zoe luk", 8),
        ("łuk", 8),
        ("berg, anna", 9),
        ("brien", 12),
        ("o'b", 12),
        ("ann o", 12),
        ("an\u200bders", 7),
    ],
)
def test_number_then_name_then_beginning_then_word(text: str, number: int) -> None:
    assert client(text).id == number


def test_a_beginning_of_the_name_goes_before_a_beginning_of_a_word() -> None:
    assert client("berg").name == "Berg, Anna"


def test_several_matches_are_told_with_their_numbers() -> None:
    with pytest.raises(AmbiguousError) as caught:
        client("an")
    assert caught.value.message == (
        'Two clients begin with "an": Anna Berg (3), Anders Holm (7). Name one in full, or by number.'
    )
    assert caught.value.candidates == ("Anna Berg", "Anders Holm")


def test_several_words_that_begin_so_are_told_as_words() -> None:
    entries = [Named(1, "Eva Stone"), Named(2, "Ole Storm")]
    with pytest.raises(
        AmbiguousError, match=r'^Two trainers have a word that begins with "sto": Eva Stone \(1\)'
    ):
        resolve("sto", entries, "trainer")


def test_many_matches_are_counted_and_the_first_are_listed() -> None:
    entries = [Named(number, f"Anna {number}") for number in range(1, 13)]
    with pytest.raises(AmbiguousError, match=r'^12 clients begin with "anna": .*Anna 5 \(5\) and 7 more\. '):
        resolve("anna", entries, "client")


def test_the_same_name_twice_is_told_apart_by_number() -> None:
    entries = [Named(5, "Jo Li"), Named(2, "JO LI"), Named(6, "Jo Lind")]
    with pytest.raises(AmbiguousError) as caught:
        resolve("jo li", entries, "client")
    assert caught.value.message == (
        'Two clients are called "jo li": JO LI (2), Jo Li (5). Name one by number.'
    )
    assert caught.value.candidates == ("2", "5")


def test_no_match_is_told_with_the_nearest() -> None:
    with pytest.raises(NotFoundError) as caught:
        client("xena")
    assert caught.value.message == 'No client is called "xena". Nearest: Xenia Maro (4).'
    assert caught.value.candidates == ("Xenia Maro",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("99", "No client has the number 99. See: ptrack clients list"),
        ("qqqq", 'No client is called "qqqq". See: ptrack clients list'),
    ],
)
def test_no_match_and_nothing_near(text: str, message: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        client(text)
    assert caught.value.message == message


def test_no_match_where_there_is_nothing_at_all() -> None:
    with pytest.raises(NotFoundError, match=r'^No gallery is called "x"\. There are no galleries yet\.$'):
        resolve("x", [], "gallery")


@pytest.mark.parametrize("text", ["", "  ", "\u200b\n"])
def test_an_empty_text_names_nothing(text: str) -> None:
    with pytest.raises(UsageError, match=r"^No client is named\. Give a name or a number\.$"):
        client(text)


def test_a_long_text_is_cut_in_the_message() -> None:
    with pytest.raises(NotFoundError) as caught:
        client("x" * 10_000)
    assert len(caught.value.message) < 120


@pytest.mark.parametrize(
    ("text", "number"),
    [("5x5", 2), ("5", 5), ("3", 3), ("53", 3), ("12", 4)],
)
def test_digits_are_a_number_first_and_a_name_where_no_such_number_is(text: str, number: int) -> None:
    entries = [Named(2, "5x5 Strength"), Named(3, "531"), Named(4, "12"), Named(5, "Phase 53")]
    assert resolve(text, entries, "program").id == number


def test_digits_never_name_a_word_inside() -> None:
    with pytest.raises(NotFoundError):
        resolve("2", [Named(7, "Phase 2")], "program")


def test_thousands_of_digits_are_no_number_of_ours() -> None:
    with pytest.raises(NotFoundError):
        client("9" * 5000)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("squat", 1),
        ("ohp", 3),
        ("overhead p", 3),
        ("squat (", 1),
        ("press (d", 4),
        ("front s", 2),
        ("shou", 4),
    ],
)
def test_aliases_count_after_names(text: str, number: int) -> None:
    assert resolve(text, EXERCISES, "exercise").id == number


def test_two_aliases_of_one_entry_are_one_match() -> None:
    assert (
        resolve("wide", [Named(1, "Pulldown", ("Wide Pulldown", "Wide-Grip Pulldown"))], "exercise").id == 1
    )


def test_the_whole_text_is_one_name_before_it_is_several() -> None:
    assert [entry.id for entry in split_names("Berg, Anna", CLIENTS, "client")] == [9]
    assert [entry.id for entry in split_names("xenia, anders,3", CLIENTS, "client")] == [4, 7, 3]


def test_several_names_are_each_taken_once_and_empty_ones_passed_over() -> None:
    assert [entry.id for entry in split_names("xenia,,maro, 4,", CLIENTS, "client")] == [4]


@pytest.mark.parametrize(("text", "error"), [(",", UsageError), ("anna,zz", PtrackError), ("", UsageError)])
def test_a_wrong_name_among_several_is_an_error(text: str, error: type[PtrackError]) -> None:
    with pytest.raises(error):
        split_names(text, CLIENTS, "client")


def test_completion_offers_beginnings_then_words_then_aliases() -> None:
    assert beginning_with("an", CLIENTS) == ["Anders Holm", "Anna Berg", "Berg, Anna", "Mary-Ann O’Brien"]
    assert beginning_with("oh", EXERCISES) == ["Overhead Press"]
    assert len(beginning_with("", CLIENTS)) == len(CLIENTS)


def test_nearest_puts_the_likest_first_and_keeps_to_its_limit() -> None:
    entries = [Named(1, "Bench Dip"), Named(2, "Bench Press"), Named(3, "Run")]
    assert [entry.id for entry in nearest("bench pres", entries)] == [2, 1]
    assert [entry.id for entry in nearest("bench pres", entries, 1)] == [2]


def test_likeness_is_only_loaded_where_a_name_is_wrong() -> None:
    code = "import sys, ptrack.naming; print('difflib' in sys.modules)"
    done = run([executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


names = st.text(alphabet="abAB ,-'éßłΆж1", max_size=8).filter(lambda text: fold(clean(text)) != "")
entry_lists = st.lists(
    st.builds(lambda name, aliases: (name, tuple(aliases)), names, st.lists(names, max_size=2)), max_size=6
).map(lambda pairs: [Named(number, *pair) for number, pair in enumerate(pairs, 1)])


def outcome(call: Callable[[], Named]) -> object:
    try:
        return call()
    except PtrackError as error:
        return type(error), error.message


def fits(text: str, entry: Named) -> bool:
    """The rule in other words: a number, or a text that stands at the beginning or right after a break."""
    wanted = fold(text)
    if wanted == str(entry.id) or wanted.lstrip("0") == str(entry.id):
        return True
    return any(
        folded[start:].startswith(wanted)
        for folded in map(fold, (entry.name, *entry.aliases))
        for start in range(len(folded))
        if start == 0 or not folded[start - 1].isalnum()
    )


@settings(deadline=None)
@given(entry_lists, names)
def test_nothing_is_named_that_the_text_does_not_begin(entries: list[Named], text: str) -> None:
    try:
        found = resolve(text, entries, "client")
    except (AmbiguousError, NotFoundError):
        return
    assert fits(text, found)


@settings(deadline=None)
@given(entry_lists)
def test_an_exact_name_wins_or_is_shared(entries: list[Named]) -> None:
    for entry in entries:
        same = [other for other in entries if fold(other.name) == fold(entry.name)]
        if fold(entry.name).isdigit():
            continue
        if len(same) == 1:
            assert resolve(entry.name, entries, "client") == entry
        else:
            with pytest.raises(AmbiguousError):
                resolve(entry.name, entries, "client")


@settings(deadline=None)
@given(entry_lists, names)
def test_order_does_not_matter(entries: list[Named], text: str) -> None:
    there = outcome(lambda: resolve(text, entries, "client"))
    back = outcome(lambda: resolve(text, entries[::-1], "client"))
    assert there == back


@settings(deadline=None)
@given(entry_lists, names)
def test_what_resolves_by_name_can_be_completed(entries: list[Named], text: str) -> None:
    wanted = fold(clean(text))
    offered = beginning_with(text, entries)
    assert all(entry.name in offered for entry in entries if fold(entry.name).startswith(wanted))


@settings(deadline=None)
@given(st.text())
def test_folding_and_cleaning_twice_is_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.text(alphabet="ab \u200c\u200d\u202e\n\x1be\u0301👩ا\u3000\ufeff\u1100\u1161"))
def test_hostile_text_is_cleaned_once_and_for_all(text: str) -> None:
    stored = clean(text)
    assert clean(stored) == stored
    assert not set(stored) & set("\u202e\n\x1b\ufeff\u3000")


def test_what_could_not_be_decoded_is_refused() -> None:
    with pytest.raises(UsageError, match="no text in this terminal"):
        clean("Zo\udcc3\udcab")
