import stat

from launcher import places


def test_a_secret_is_made_once_and_is_nobody_elses(place):
    secret = place.secret("key")

    assert place.secret("key") == secret
    assert len(secret) >= 50
    assert stat.S_IMODE((place.root / "secret-key").stat().st_mode) == 0o600


def test_a_lock_has_one_holder(place):
    with places.opened(place.lock("serve")) as first, places.opened(place.lock("serve")) as second:
        assert places.try_lock(first)
        assert not places.try_lock(second)

    with places.opened(place.lock("serve")) as third:
        assert places.try_lock(third)


def test_a_shared_lock_becomes_ones_own_when_the_others_have_left(place):
    with places.opened(place.lock("users")) as stays:
        places.share_lock(stays)
        with places.opened(place.lock("users")) as leaves:
            places.share_lock(leaves)
            assert not places.try_lock(leaves)

        assert places.try_lock(stays)
