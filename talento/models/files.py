"""Files: immutable encrypted blobs outside the web root; these rows are the only reference to them."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from talento.models.types import Instant


class StoredFile(SQLModel, table=True):
    """One uploaded file after it was checked (and, for photos, drawn anew in three sizes)."""

    __tablename__ = "stored_file"

    id: str = Field(primary_key=True, max_length=32, description="random; also the blob's name")
    kind: str = Field(max_length=20)
    user_id: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL", index=True)
    draft_id: int | None = Field(default=None, foreign_key="draft.id", ondelete="SET NULL", index=True)
    name: str = Field(max_length=120, description="as the person named it, cleaned")
    media_type: str = Field(max_length=100)
    size: int
    sha256: str = Field(max_length=64)
    key: str = Field(max_length=500, description="the file's own key, sealed; without it the blob is noise")
    created_at: datetime = Field(sa_type=Instant)
