"""Value types and expressions that cost little behave as the ones that they stand for."""

import copy
import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardlint.lazy_regex import pattern
from cardlint.record import as_dict, changed, record
from cardlint.source import Span


@record
class Bird:
    name: str
    wings: int = 2

    @property
    def loud_name(self):
        return self.name.upper()


@record
class Owl(Bird):
    hunts: tuple[str, ...] = ()


@record
class Point:
    x: int
    y: int


@record
class Place(Point):
    name: str


@record
class Nothing:
    pass


@record
class Own:
    """A record may say itself what equal means, and how it is shown."""

    value: int

    def __eq__(self, other):
        return isinstance(other, Own) and self.value % 10 == other.value % 10

    def __hash__(self):
        return hash(self.value % 10)

    def __repr__(self):
        return "own"


values = st.integers() | st.text() | st.tuples(st.integers())


@given(values, values, values, values)
def test_records_are_equal_and_hashed_as_their_fields_are(a, b, c, d):
    assert (Point(a, b) == Point(c, d)) == ((a, b) == (c, d))
    assert (Point(a, b) != Point(c, d)) == ((a, b) != (c, d))
    if (a, b) == (c, d):
        assert hash(Point(a, b)) == hash(Point(c, d))
    assert Point(a, b) in {Point(a, b): None}


def test_records_of_other_types_are_other():
    assert Bird("owl") != Owl("owl")
    assert Owl("owl") != Bird("owl")
    assert Bird("owl") != ("owl", 2)
    assert Bird("owl") != "owl"
    assert Nothing() == Nothing()
    assert Nothing() != Point(1, 2)


def test_a_record_with_a_field_that_cannot_be_hashed_cannot_either():
    with pytest.raises(TypeError, match="unhashable"):
        hash(Bird([]))


def test_what_a_record_says_itself_stays():
    assert Own(1) == Own(11)
    assert len({Own(1), Own(11), Own(2)}) == 2
    assert repr(Own(1)) == "own"


def test_it_is_shown_as_it_is_made():
    assert repr(Bird("owl")) == "Bird(name='owl', wings=2)"
    assert repr(Owl("owl", hunts=("mice",))) == "Owl(name='owl', wings=2, hunts=('mice',))"
    assert repr(Nothing()) == "Nothing()"
    assert eval(repr(Owl("owl"))) == Owl("owl")


def test_fields_are_given_by_place_and_by_name():
    assert Bird("owl", 4) == Bird(name="owl", wings=4) == Bird(wings=4, name="owl") == Bird("owl", wings=4)
    assert Bird("owl").wings == 2
    assert Bird("owl").loud_name == "OWL"


def test_fields_of_the_base_class_come_first():
    assert Place(1, 2, "here") == Place(name="here", y=2, x=1)
    assert as_dict(Place(1, 2, "here")) == {"x": 1, "y": 2, "name": "here"}
    assert list(as_dict(Place(1, 2, "here"))) == ["x", "y", "name"]
    assert Owl("owl", 2, ("mice",)).hunts == ("mice",)
    assert (Owl("owl").wings, Owl("owl").hunts) == (2, ())
    assert Owl("owl").loud_name == "OWL"
    assert isinstance(Owl("owl"), Bird)


@pytest.mark.parametrize(
    "make",
    [
        Bird,
        lambda: Bird(wings=2),
        lambda: Bird("owl", 2, 3),
        lambda: Bird("owl", feathers=3),
        lambda: Bird("owl", name="owl"),
        lambda: Place(1, 2),
        lambda: Nothing(1),
        lambda: changed(Bird("owl"), feathers=3),
    ],
)
def test_wrong_arguments_are_a_type_error_that_names_the_type(make):
    with pytest.raises(TypeError, match=r"(Bird|Place|Nothing)\.__init__\(\)"):
        make()


def test_a_field_without_a_default_cannot_follow_one_with():
    with pytest.raises(TypeError, match="without a default follows"):

        @record
        class Wrong:
            first: int = 1
            second: int

    with pytest.raises(TypeError, match="without a default follows"):

        @record
        class Fish(Bird):
            fins: int


def test_a_changed_copy():
    owl = Owl("owl", hunts=("mice",))
    other = changed(owl, name="tawny owl")
    assert type(other) is Owl
    assert other == Owl("tawny owl", 2, ("mice",))
    assert owl == Owl("owl", 2, ("mice",))
    assert changed(owl) == owl


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))  # older ones know no slots
def test_records_go_through_pickle(protocol):
    for value in (Owl("owl", hunts=("mice",)), Point(1, Point(2, 3)), Nothing(), Span(3, 4)):
        again = pickle.loads(pickle.dumps(value, protocol))
        assert type(again) is type(value)
        assert again == value


def test_records_are_copied():
    owl = Owl("owl", hunts=("mice",))
    assert copy.copy(owl) == copy.deepcopy(owl) == owl


def test_records_match():
    match Owl("owl", 2, ("mice",)):
        case Owl(name, 2, (prey,)):
            assert (name, prey) == ("owl", "mice")
        case _:
            pytest.fail("it does not match by place")
    match Bird("owl"):
        case Owl():
            pytest.fail("a bird is no owl")
        case Bird(wings=wings, name="owl"):
            assert wings == 2
        case _:
            pytest.fail("it does not match by name")


@pytest.mark.parametrize("value", [Bird("owl"), Owl("owl"), Place(1, 2, "here"), Nothing(), Span(0, 1)])
def test_slots_leave_no_room_for_more(value):
    assert not hasattr(value, "__dict__")
    with pytest.raises(AttributeError):
        value.feathers = 3


TEXTS = st.text(alphabet="abAB1 \n-", max_size=20)


@given(
    TEXTS,
    st.sampled_from([r"a+", r"(?P<letter>[ab])(1?)", r"^-", r"", r"\Ab|1\Z"]),
    st.sampled_from([0, re.IGNORECASE, re.MULTILINE]),
)
def test_a_pattern_does_what_the_compiled_one_does(text, expression, flags):
    later, compiled = pattern(expression, flags), re.compile(expression, flags)
    for method in ("match", "search", "fullmatch"):
        found, expected = getattr(later, method)(text), getattr(compiled, method)(text)
        assert (found and (found.span(), found.groups())) == (expected and (expected.span(), expected.groups()))
    assert later.findall(text) == compiled.findall(text)
    assert later.split(text) == compiled.split(text)
    assert later.sub("_", text) == compiled.sub("_", text)
    assert [match.span() for match in later.finditer(text, 1)] == [match.span() for match in compiled.finditer(text, 1)]
    assert (later.pattern, later.flags, later.groupindex) == (compiled.pattern, compiled.flags, compiled.groupindex)


def test_a_pattern_of_bytes():
    assert pattern(rb"\d+").findall(b"a1b22") == [b"1", b"22"]


def test_a_pattern_is_compiled_when_it_is_first_used():
    wrong = pattern("(")
    assert wrong.pattern == "("
    with pytest.raises(re.error):
        wrong.search("text")


def test_a_pattern_finds_a_method_once():
    digits = pattern(r"\d")
    first = digits.search
    assert digits.search is first
    with pytest.raises(AttributeError):
        digits.serach  # noqa: B018 - that it fails is what counts
