"""Results kept with their owner: made once, let go with it, and never a failure."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest

from lib.keep import MOST, Kept, kept


class Owner:
    def __init__(self) -> None:
        self.kept = Kept()
        self.calls = 0


@kept
def sum_of(owner: Owner, number: int, more: int = 0) -> list[int]:
    owner.calls += 1
    if number < 0:
        raise ValueError(number)
    return [number + more]


def test_a_result_is_made_once_for_its_arguments():
    owner = Owner()
    assert sum_of(owner, 1) is sum_of(owner, 1) and owner.calls == 1
    assert sum_of(owner, 1, more=2) == [3] and sum_of(owner, 2) == [2] and owner.calls == 3
    assert sum_of(Owner(), 1) is not sum_of(owner, 1)


def test_a_failure_is_not_kept():
    owner = Owner()
    for _ in range(2):
        with pytest.raises(ValueError):
            sum_of(owner, -1)
    assert owner.calls == 2


def test_results_go_with_their_owner_and_never_grow_without_end():
    owner = Owner()
    for number in range(MOST + 5):
        sum_of(owner, number)
    assert sum_of(owner, MOST + 4) == [MOST + 4] and owner.calls == MOST + 5
    sum_of(owner, 0)
    assert owner.calls == MOST + 6, "the oldest made room"
    gone = weakref.ref(owner)
    del owner
    gc.collect()
    assert gone() is None


def test_many_threads_that_ask_at_once_get_one_result():
    owner, found = Owner(), []
    threads = [threading.Thread(target=lambda: found.append(sum_of(owner, 7))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(found) == 8 and all(result is found[0] for result in found) and owner.calls == 1


def test_two_results_that_need_results_of_each_others_owners_do_not_wait_for_one_another():
    here, there, both = Owner(), Owner(), threading.Barrier(2, timeout=10)

    @kept
    def crossing(owner: Owner, other: Owner) -> list[int]:
        both.wait()  # Each thread is in the midst of its own owner's result now.
        return sum_of(other, 1)

    found: list[list[int]] = []
    threads = [
        threading.Thread(target=lambda pair=pair: found.append(crossing(*pair)), daemon=True)
        for pair in ((here, there), (there, here))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert found == [[1], [1]]


def test_what_is_made_of_the_owner_alone_does_not_make_room():
    owner = Owner()

    @kept
    def only(owner: Owner) -> object:
        return object()

    first = only(owner)
    for number in range(MOST + 1):
        sum_of(owner, number)
    assert only(owner) is first


def test_a_function_with_a_limit_of_its_own_keeps_that_many_and_takes_no_room_from_others():
    owner, made = Owner(), []

    @kept(most=2)
    def large(owner: Owner, number: int) -> int:
        made.append(number)
        return number

    for number in (1, 2, 1, 3):
        large(owner, number)
    assert made == [1, 2, 3]
    assert large(owner, 1) == 1 and made == [1, 2, 3], "used again, so the other one made room"
    assert large(owner, 2) == 2 and made == [1, 2, 3, 2]
    first = sum_of(owner, 1)
    for number in range(MOST):
        large(owner, number)
    assert sum_of(owner, 1) is first
