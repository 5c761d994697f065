"""The social networks on which people may be found, and the hosts that belong to each."""

from typing import Self

from talento.vocabulary.choice import Choice


class Network(Choice):
    """One network; `hosts` is the allow-list for links to it. A web site or a portfolio is not a network."""

    hosts: tuple[str, ...]

    LINKEDIN = "linkedin", "LinkedIn", "LinkedIn", (), ("linkedin.com", "lnkd.in")
    FACEBOOK = "facebook", "Facebook", "Facebook", ("FB",), ("facebook.com", "fb.com", "fb.me")
    INSTAGRAM = "instagram", "Instagram", "Instagram", ("Insta",), ("instagram.com", "instagr.am")
    TWITTER = "twitter", "X (Twitter)", "X (Twitter)", ("X", "Twitter/X"), ("x.com", "twitter.com")
    GITHUB = "github", "GitHub", "GitHub", (), ("github.com", "github.io")
    YOUTUBE = "youtube", "YouTube", "YouTube", (), ("youtube.com", "youtu.be")
    TIKTOK = "tiktok", "TikTok", "TikTok", (), ("tiktok.com",)
    TELEGRAM = "telegram", "Telegram", "Telegram", (), ("t.me", "telegram.me", "telegram.org")
    SNAPCHAT = "snapchat", "Snapchat", "Snapchat", ("Snap",), ("snapchat.com",)
    BEHANCE = "behance", "Behance", "Behance", (), ("behance.net",)
    DRIBBBLE = "dribbble", "Dribbble", "Dribbble", ("Dribble",), ("dribbble.com",)
    PINTEREST = (
        "pinterest",
        "Pinterest",
        "Pinterest",
        (),
        ("pinterest.com", "pinterest.fr", "pinterest.es", "pinterest.ca", "pinterest.co.uk", "pin.it"),
    )
    IMDB = "imdb", "IMDb", "IMDb", ("imdb_url",), ("imdb.com",)
    THREADS = "threads", "Threads", "Threads", (), ("threads.net", "threads.com")

    def __init__(self, value: str, en: str, fr: str, aliases: tuple[str, ...], hosts: tuple[str, ...]) -> None:
        super().__init__(value, en, fr, aliases)
        self.hosts = hosts

    def owns(self, host: str) -> bool:
        """Whether `host` is one of the network's, or below one: `fr.linkedin.com` yes, `notlinkedin.com` no."""
        host = host.lower().rstrip(".")
        return any(host == known or host.endswith(f".{known}") for known in self.hosts)

    @classmethod
    def of_host(cls, host: str) -> Self | None:
        """The network that owns `host`, if any does."""
        return next((network for network in cls if network.owns(host)), None)
