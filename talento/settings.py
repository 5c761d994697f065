"""The environment, typed. The names are the ones an operator sets."""

import base64
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import AliasChoices, Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
EXIT_CONFIG = 78  # EX_CONFIG of sysexits.h


class BadConfiguration(SystemExit):
    """A setting is missing or wrong: stops the start with one sentence and exit code 78."""

    def __init__(self, sentence: str) -> None:
        super().__init__(EXIT_CONFIG)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class Settings(BaseSettings):
    """What an operator can set, in the environment or in the git-ignored `.env` file."""

    model_config = SettingsConfigDict(env_file=(ROOT / ".env"), extra="ignore", populate_by_name=True)

    secret_key: str = Field("", description="signs cookies and links; at least 32 characters")
    encryption_key: str = Field("", description="comma list of Fernet keys; the first encrypts")
    database_url: str = "sqlite:///data/talento.db"
    debug: bool = False
    port: int = 5000
    host: str = "127.0.0.1"
    sendgrid_api_key: str = ""
    sendgrid_from_email: str = ""
    sendgrid_url: str = "https://api.sendgrid.com"
    smtp_host: str = Field("", description="an SMTP server that sends mail, when no SendGrid key is set")
    smtp_port: int = 0
    smtp_tls: str = ""
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_authority: str = Field("", description="file of certificates to believe besides the system's")
    admin_password: str = ""
    public_url: str = ""
    production: bool = Field(False, validation_alias=AliasChoices("production", "TALENTO_PRODUCTION"))
    data_dir: Path = Path("data")
    redis_url: str = Field("", validation_alias=AliasChoices("redis_url", "REDIS_URL", "REFLEX_REDIS_URL"))
    trusted_proxies: str = Field("", description="comma list of networks whose X-Forwarded-For is believed")
    omdb_api_key: str = Field("", description="looks up films and series; an admin can give it on a page, too")
    omdb_url: str = "https://www.omdbapi.com/"
    workers: int = 1
    bcrypt_cost: int = 12

    @model_validator(mode="after")
    def _absolute(self) -> Self:
        if not self.data_dir.is_absolute():
            self.data_dir = ROOT / self.data_dir
        if self.database_url.startswith("sqlite:///") and not self.database_url.startswith("sqlite:////"):
            self.database_url = f"sqlite:///{ROOT / self.database_url.removeprefix('sqlite:///')}"
        if self.database_url.startswith(("postgresql://", "postgres://")):
            self.database_url = "postgresql+psycopg://" + self.database_url.split("://", 1)[1]
        return self

    @property
    def base_url(self) -> str:
        """The address people use, without a trailing slash; every link in a mail or QR starts with it."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def mail_way(self) -> str:
        """How mail is sent while no admin has chosen."""
        return "sendgrid" if self.sendgrid_api_key else "smtp" if self.smtp_host else ""

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def origins(self) -> list[str]:
        """Where our pages are served from; any other origin is refused."""
        own = [self.base_url]
        if not self.production:
            own += [f"http://{name}:{self.port}" for name in ("localhost", "127.0.0.1")]
        return list(dict.fromkeys(own))

    def refuse_weakness(self) -> None:
        """Stop the start when a secret is missing or weak.

        Raises:
            BadConfiguration: names the variable, never its value.
        """
        if len(self.secret_key) < 32:
            raise BadConfiguration("SECRET_KEY is missing or shorter than 32 characters; set a random one.")
        if not self.encryption_key:
            raise BadConfiguration("ENCRYPTION_KEY is missing; make one with `talento keys new`.")
        if not all(_is_fernet_key(key) for key in self.encryption_key.split(",")):
            raise BadConfiguration("ENCRYPTION_KEY must be Fernet keys (32 bytes, url-safe base64), comma separated.")
        if self.production and not self.is_https:
            raise BadConfiguration("PUBLIC_URL must be the https address of this site in production.")
        if self.workers > 1 and not self.redis_url:
            raise BadConfiguration("REDIS_URL is needed to run more than one worker.")


def _is_fernet_key(text: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(text.strip())) == 32
    except ValueError:
        return False


def new_fernet_key() -> str:
    """A fresh key for ENCRYPTION_KEY."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def write_development_secrets(path: Path = ROOT / ".env") -> bool:
    """Create `.env` with fresh secrets, readable by its owner only; False when it already exists."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w") as file:
        file.write(f"SECRET_KEY={secrets.token_urlsafe(48)}\nENCRYPTION_KEY={new_fernet_key()}\n")
    return True


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
