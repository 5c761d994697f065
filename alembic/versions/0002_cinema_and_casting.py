"""Cinema talents, productions, projects, boards, assignments"""

import sqlalchemy as sa

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revoked_badge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["revoked_by"], ["user.id"], name=op.f("fk_revoked_badge_revoked_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revoked_badge")),
    )
    with op.batch_alter_table("revoked_badge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revoked_badge_code"), ["code"], unique=False)

    op.create_table(
        "cinema_talent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completeness", sa.Integer(), nullable=False),
        sa.Column("visibility", sa.String(length=40), nullable=False),
        sa.Column("published", sa.String(length=200), nullable=False),
        sa.Column("photo_id", sa.String(length=32), nullable=True),
        sa.Column("guardian_consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("guardian_refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("guardian_signed_sealed", sa.String(), nullable=True),
        sa.Column("traits_consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("stage_name", sa.String(length=100), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("document_type", sa.String(length=40), nullable=False),
        sa.Column("document_number_sealed", sa.String(), nullable=True),
        sa.Column("phone_sealed", sa.String(), nullable=True),
        sa.Column("whatsapp_sealed", sa.String(), nullable=True),
        sa.Column("phone_index", sa.String(length=64), nullable=True),
        sa.Column("document_index", sa.String(length=64), nullable=True),
        sa.Column("guardian_name", sa.String(length=200), nullable=False),
        sa.Column("guardian_relation", sa.String(length=40), nullable=True),
        sa.Column("guardian_email_sealed", sa.String(), nullable=True),
        sa.Column("guardian_phone_sealed", sa.String(), nullable=True),
        sa.Column("origin", sa.String(length=2), nullable=False),
        sa.Column("nationality", sa.String(length=2), nullable=False),
        sa.Column("ethnicities_sealed", sa.String(), nullable=True),
        sa.Column("residence", sa.String(length=2), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("city_typed", sa.String(length=100), nullable=False),
        sa.Column("eye_color", sa.String(length=40), nullable=True),
        sa.Column("hair_color", sa.String(length=40), nullable=True),
        sa.Column("hair_type", sa.String(length=40), nullable=True),
        sa.Column("build", sa.String(length=40), nullable=True),
        sa.Column("skin_tone_sealed", sa.String(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.Column("chest", sa.Integer(), nullable=True),
        sa.Column("waist", sa.Integer(), nullable=True),
        sa.Column("hips", sa.Integer(), nullable=True),
        sa.Column("inseam", sa.Integer(), nullable=True),
        sa.Column("collar", sa.Integer(), nullable=True),
        sa.Column("shoe_size", sa.Integer(), nullable=True),
        sa.Column("clothing_size", sa.String(length=20), nullable=False),
        sa.Column("playing_age_min", sa.Integer(), nullable=True),
        sa.Column("playing_age_max", sa.Integer(), nullable=True),
        sa.Column("experience", sa.String(length=40), nullable=True),
        sa.Column("bio", sa.String(), nullable=False),
        sa.Column("trade_union", sa.String(length=100), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("website", sa.String(length=500), nullable=False),
        sa.Column("showreel_url", sa.String(length=500), nullable=False),
        sa.Column("voice_reel_url", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_cinema_talent_city_id")),
        sa.ForeignKeyConstraint(["nationality"], ["country.code"], name=op.f("fk_cinema_talent_nationality")),
        sa.ForeignKeyConstraint(["origin"], ["country.code"], name=op.f("fk_cinema_talent_origin")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["stored_file.id"], name=op.f("fk_cinema_talent_photo_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["residence"], ["country.code"], name=op.f("fk_cinema_talent_residence")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_cinema_talent_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cinema_talent")),
        sa.UniqueConstraint("code", name=op.f("uq_cinema_talent_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_cinema_talent_uid")),
        sa.UniqueConstraint("user_id", name=op.f("uq_cinema_talent_user_id")),
    )
    with op.batch_alter_table("cinema_talent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cinema_talent_document_index"), ["document_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_cinema_talent_phone_index"), ["phone_index"], unique=False)
        batch_op.create_index("ix_cinema_talent_registered", ["registered_at", "id"], unique=False)

    op.create_table(
        "production",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("logo_id", sa.String(length=32), nullable=True),
        sa.Column("is_verified", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("specialization", sa.String(length=200), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("founded_year", sa.Integer(), nullable=True),
        sa.Column("ceo", sa.String(length=200), nullable=False),
        sa.Column("employees_count", sa.Integer(), nullable=True),
        sa.Column("productions_count", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("postal_code", sa.String(length=20), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("website", sa.String(length=500), nullable=False),
        sa.Column("facebook", sa.String(), nullable=False),
        sa.Column("instagram", sa.String(), nullable=False),
        sa.Column("twitter", sa.String(), nullable=False),
        sa.Column("linkedin", sa.String(), nullable=False),
        sa.Column("notable_productions", sa.String(), nullable=False),
        sa.Column("services", sa.String(), nullable=False),
        sa.Column("equipment", sa.String(), nullable=False),
        sa.Column("studios", sa.String(), nullable=False),
        sa.Column("certifications", sa.String(), nullable=False),
        sa.Column("memberships", sa.String(), nullable=False),
        sa.Column("awards", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["country"], ["country.code"], name=op.f("fk_production_country")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user.id"], name=op.f("fk_production_created_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["logo_id"], ["stored_file.id"], name=op.f("fk_production_logo_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production")),
        sa.UniqueConstraint("uid", name=op.f("uq_production_uid")),
    )
    op.create_table(
        "cinema_alias",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("talent_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["talent_id"], ["cinema_talent.id"], name=op.f("fk_cinema_alias_talent_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_cinema_alias")),
    )
    with op.batch_alter_table("cinema_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cinema_alias_talent_id"), ["talent_id"], unique=False)

    op.create_table(
        "cinema_choice",
        sa.Column("talent_id", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["talent_id"], ["cinema_talent.id"], name=op.f("fk_cinema_choice_talent_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("talent_id", "fact", "value", name=op.f("pk_cinema_choice")),
    )
    op.create_table(
        "cinema_link",
        sa.Column("talent_id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=40), nullable=False),
        sa.Column("url_sealed", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["talent_id"], ["cinema_talent.id"], name=op.f("fk_cinema_link_talent_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("talent_id", "network", name=op.f("pk_cinema_link")),
    )
    op.create_table(
        "cinema_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("talent_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_cinema_photo_file_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["talent_id"], ["cinema_talent.id"], name=op.f("fk_cinema_photo_talent_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cinema_photo")),
        sa.UniqueConstraint("file_id", name=op.f("uq_cinema_photo_file_id")),
    )
    with op.batch_alter_table("cinema_photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cinema_photo_talent_id"), ["talent_id"], unique=False)

    op.create_table(
        "cinema_skill",
        sa.Column("talent_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_cinema_skill_skill_id")),
        sa.ForeignKeyConstraint(
            ["talent_id"], ["cinema_talent.id"], name=op.f("fk_cinema_skill_talent_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("talent_id", "skill_id", name=op.f("pk_cinema_skill")),
    )
    with op.batch_alter_table("cinema_skill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cinema_skill_skill_id"), ["skill_id"], unique=False)

    op.create_table(
        "credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("talent_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(length=200), nullable=False),
        sa.Column("imdb_id", sa.String(length=20), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["talent_id"], ["cinema_talent.id"], name=op.f("fk_credit_talent_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit")),
    )
    with op.batch_alter_table("credit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_talent_id"), ["talent_id"], unique=False)

    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("production_type", sa.String(length=40), nullable=False),
        sa.Column("synopsis", sa.String(), nullable=False),
        sa.Column("production_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("city_typed", sa.String(length=100), nullable=False),
        sa.Column("shooting_places", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("day_break", sa.Integer(), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_phone", sa.String(length=20), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_project_city_id")),
        sa.ForeignKeyConstraint(["country"], ["country.code"], name=op.f("fk_project_country")),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_project_created_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["production_id"], ["production.id"], name=op.f("fk_project_production_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("code", name=op.f("uq_project_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_project_uid")),
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_production_id"), ["production_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_status"), ["status"], unique=False)

    op.create_table(
        "unavailability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("talent_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["talent_id"], ["cinema_talent.id"], name=op.f("fk_unavailability_talent_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unavailability")),
    )
    with op.batch_alter_table("unavailability", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unavailability_ends_on"), ["ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_unavailability_starts_on"), ["starts_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_unavailability_talent_id"), ["talent_id"], unique=False)

    op.create_table(
        "casting_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("criteria", sa.String(length=2000), nullable=False),
        sa.Column("declared_traits", sa.String(length=60), nullable=False),
        sa.Column("traits_reason", sa.String(length=500), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("fee", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("fee_currency", sa.String(), nullable=False),
        sa.Column("fee_period", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_casting_role_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_casting_role")),
        sa.UniqueConstraint("uid", name=op.f("uq_casting_role_uid")),
    )
    with op.batch_alter_table("casting_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_casting_role_project_id"), ["project_id"], unique=False)

    op.create_table(
        "project_member",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_member_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_project_member_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("project_id", "user_id", name=op.f("pk_project_member")),
    )
    with op.batch_alter_table("project_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_member_user_id"), ["user_id"], unique=False)

    op.create_table(
        "project_status_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_status_change_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_project_status_change_user_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_status_change")),
    )
    with op.batch_alter_table("project_status_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_status_change_project_id"), ["project_id"], unique=False)

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("talent_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("overlap_reason", sa.String(length=500), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_by", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("answer_reason", sa.String(length=500), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("badge_serial", sa.Integer(), nullable=False),
        sa.Column("badge_made_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assigned_by"], ["user.id"], name=op.f("fk_assignment_assigned_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_assignment_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["role_id"], ["casting_role.id"], name=op.f("fk_assignment_role_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["talent_id"], ["cinema_talent.id"], name=op.f("fk_assignment_talent_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("code", name=op.f("uq_assignment_code")),
        sa.UniqueConstraint("project_id", "number", name="uq_assignment_number"),
        sa.UniqueConstraint("project_id", "talent_id", name="uq_assignment_talent"),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_removed_at"), ["removed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_role_id"), ["role_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_talent_id"), ["talent_id"], unique=False)

    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("talent_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("answer_reason", sa.String(length=500), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("link_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["moved_by"], ["user.id"], name=op.f("fk_candidate_moved_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["role_id"], ["casting_role.id"], name=op.f("fk_candidate_role_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["talent_id"], ["cinema_talent.id"], name=op.f("fk_candidate_talent_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_candidate_link_hash")),
        sa.UniqueConstraint("role_id", "talent_id", name=op.f("uq_candidate_role_id")),
    )
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.create_index("ix_candidate_column", ["role_id", "stage"], unique=False)
        batch_op.create_index(batch_op.f("ix_candidate_talent_id"), ["talent_id"], unique=False)

    op.create_table(
        "candidate_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("from_stage", sa.String(length=40), nullable=True),
        sa.Column("to_stage", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate.id"], name=op.f("fk_candidate_move_candidate_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_candidate_move_user_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_move")),
    )
    with op.batch_alter_table("candidate_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidate_move_candidate_id"), ["candidate_id"], unique=False)

    op.create_table(
        "candidate_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate.id"], name=op.f("fk_candidate_note_candidate_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_candidate_note_user_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_note")),
    )
    with op.batch_alter_table("candidate_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidate_note_candidate_id"), ["candidate_id"], unique=False)

    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_draft_holder_hash"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_draft_form"), ["form", "holder_hash"])

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attachments", sa.String(length=500), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("attachments")

    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_draft_form"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_draft_holder_hash"), ["holder_hash"])

    with op.batch_alter_table("candidate_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_note_candidate_id"))

    op.drop_table("candidate_note")
    with op.batch_alter_table("candidate_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_move_candidate_id"))

    op.drop_table("candidate_move")
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_talent_id"))
        batch_op.drop_index("ix_candidate_column")

    op.drop_table("candidate")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_talent_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_role_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_removed_at"))
        batch_op.drop_index(batch_op.f("ix_assignment_project_id"))

    op.drop_table("assignment")
    with op.batch_alter_table("project_status_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_status_change_project_id"))

    op.drop_table("project_status_change")
    with op.batch_alter_table("project_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_member_user_id"))

    op.drop_table("project_member")
    with op.batch_alter_table("casting_role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_casting_role_project_id"))

    op.drop_table("casting_role")
    with op.batch_alter_table("unavailability", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unavailability_talent_id"))
        batch_op.drop_index(batch_op.f("ix_unavailability_starts_on"))
        batch_op.drop_index(batch_op.f("ix_unavailability_ends_on"))

    op.drop_table("unavailability")
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_status"))
        batch_op.drop_index(batch_op.f("ix_project_production_id"))

    op.drop_table("project")
    with op.batch_alter_table("credit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_talent_id"))

    op.drop_table("credit")
    with op.batch_alter_table("cinema_skill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cinema_skill_skill_id"))

    op.drop_table("cinema_skill")
    with op.batch_alter_table("cinema_photo", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cinema_photo_talent_id"))

    op.drop_table("cinema_photo")
    op.drop_table("cinema_link")
    op.drop_table("cinema_choice")
    with op.batch_alter_table("cinema_alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cinema_alias_talent_id"))

    op.drop_table("cinema_alias")
    op.drop_table("production")
    with op.batch_alter_table("cinema_talent", schema=None) as batch_op:
        batch_op.drop_index("ix_cinema_talent_registered")
        batch_op.drop_index(batch_op.f("ix_cinema_talent_phone_index"))
        batch_op.drop_index(batch_op.f("ix_cinema_talent_document_index"))

    op.drop_table("cinema_talent")
    with op.batch_alter_table("revoked_badge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revoked_badge_code"))

    op.drop_table("revoked_badge")
