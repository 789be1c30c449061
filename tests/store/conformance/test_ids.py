import re
from typing import get_args

import pytest
from chatkit.store import StoreItemType, default_generate_id

from tests.store.making import AnyStore, Person, a_thread

KINDS: tuple[StoreItemType, ...] = get_args(StoreItemType)


@pytest.mark.parametrize("kind_of_item", KINDS)
def test_ids_have_the_sdks_prefix_and_128_random_bits(
    store: AnyStore, alice: Person, kind_of_item: StoreItemType
) -> None:
    made = {store.generate_item_id(kind_of_item, a_thread("thr_1"), alice) for _ in range(100)}
    prefix = default_generate_id(kind_of_item).partition("_")[0]
    assert len(made) == 100
    assert all(re.fullmatch(rf"{prefix}_[0-9a-f]{{32}}", name) for name in made)


def test_thread_ids_have_the_sdks_prefix_and_128_random_bits(
    store: AnyStore, alice: Person
) -> None:
    made = {store.generate_thread_id(alice) for _ in range(100)}
    assert len(made) == 100
    assert all(re.fullmatch(r"thr_[0-9a-f]{32}", name) for name in made)
