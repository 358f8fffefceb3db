"""Both variants of the image, built from this checkout."""

from collections.abc import Iterator

import pytest

from tests.image.engine import Image
from tests.integration.conftest import platform

__all__ = ["container", "image", "platform"]  # fixtures

VARIANTS = ("openvino", "cpu")


@pytest.fixture(scope="session", params=VARIANTS)
def image(request: pytest.FixtureRequest) -> Image:
    """Built, or found built, of the files as they are."""
    variant: str = request.param
    return Image(variant, f"localhost/moderator-test:{variant}")


@pytest.fixture
def container(image: Image, request: pytest.FixtureRequest) -> Iterator[str]:
    """A name for a container of the image, which is removed after the test."""
    name = f"moderator-test-{image.variant}"
    image.remove(name)  # of a run that was killed
    yield name
    image.remove(name)
