"""What holds for all tests."""

import pytest
from hypothesis import HealthCheck, settings

# no test is a timed one: what is quick alone may be slow on a machine that is busy
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def _cache_of_their_own(tmp_path_factory):
    """No test reads what somebody's own runs have kept, or leaves anything there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARDLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield
