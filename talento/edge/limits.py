"""How much one browser may ask of the server."""

from pydantic_settings import BaseSettings, SettingsConfigDict

from talento.settings import ROOT


class Limits(BaseSettings):
    """What one browser may ask of the server. Each can be set in the environment, as `TALENTO_…`."""

    model_config = SettingsConfigDict(env_prefix="TALENTO_", env_file=ROOT / ".env", extra="ignore", frozen=True)

    frame_bytes: int = 256 * 1024
    frame_depth: int = 32
    events_per_second: float = 20
    events_burst: int = 60
    sockets_per_session: int = 20
    sockets_per_address: int = 60
    sockets_per_worker: int = 2000
