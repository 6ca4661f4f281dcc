using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "affiliations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<Guid>(type: "uuid", nullable: false),
                    organization = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    level = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    department = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    from = table.Column<DateOnly>(type: "date", nullable: true),
                    until = table.Column<DateOnly>(type: "date", nullable: true),
                    proposed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_affiliations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "attachments",
                columns: table => new
                {
                    interaction = table.Column<long>(type: "bigint", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    type = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    content_id = table.Column<string>(type: "text", nullable: true),
                    blob = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attachments", x => new { x.interaction, x.position });
                });

            migrationBuilder.CreateTable(
                name: "blobs",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    compressed = table.Column<bool>(type: "boolean", nullable: false),
                    stored = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_blobs", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "commitment_events",
                columns: table => new
                {
                    commitment = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    deed = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    to = table.Column<Guid>(type: "uuid", nullable: true),
                    due_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    interaction = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commitment_events", x => new { x.commitment, x.place });
                });

            migrationBuilder.CreateTable(
                name: "commitments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    side = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    words = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    with = table.Column<Guid>(type: "uuid", nullable: false),
                    customer = table.Column<Guid>(type: "uuid", nullable: false),
                    said_in = table.Column<long>(type: "bigint", nullable: true),
                    said_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_precision = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    due_words = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: false),
                    offered_to = table.Column<Guid>(type: "uuid", nullable: true),
                    weight = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    proof_in = table.Column<long>(type: "bigint", nullable: true),
                    proof_words = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    replaced_by = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commitments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "contact_points",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    value = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    domain = table.Column<string>(type: "text", nullable: true),
                    given = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    label = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    preferred = table.Column<bool>(type: "boolean", nullable: false),
                    verified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    bounced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    do_not_use = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_points", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "conversation_viewers",
                columns: table => new
                {
                    conversation = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_viewers", x => new { x.conversation, x.member });
                });

            migrationBuilder.CreateTable(
                name: "conversations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: true),
                    customer = table.Column<Guid>(type: "uuid", nullable: true),
                    related = table.Column<Guid>(type: "uuid", nullable: true),
                    first = table.Column<long>(type: "bigint", nullable: false),
                    last = table.Column<long>(type: "bigint", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    waiting_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    waiting_for = table.Column<long>(type: "bigint", nullable: true),
                    waiting_person = table.Column<Guid>(type: "uuid", nullable: true),
                    snoozed_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    settled_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    automatic = table.Column<bool>(type: "boolean", nullable: false),
                    unsure = table.Column<bool>(type: "boolean", nullable: false),
                    list_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    mixed = table.Column<bool>(type: "boolean", nullable: false),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    only_for = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    xml = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "happenings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    listener = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    by_roles = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    dead_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failure = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_happenings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotent_answers",
                columns: table => new
                {
                    key = table.Column<byte[]>(type: "bytea", nullable: false),
                    request = table.Column<byte[]>(type: "bytea", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: true),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    location = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotent_answers", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "import_changes",
                columns: table => new
                {
                    import = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    what = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    subject = table.Column<Guid>(type: "uuid", nullable: false),
                    made = table.Column<bool>(type: "boolean", nullable: false),
                    print = table.Column<byte[]>(type: "bytea", nullable: false),
                    changes = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_changes", x => new { x.import, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "import_mappings",
                columns: table => new
                {
                    signature = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    mapping = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_mappings", x => x.signature);
                });

            migrationBuilder.CreateTable(
                name: "import_problems",
                columns: table => new
                {
                    import = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    row = table.Column<int>(type: "integer", nullable: false),
                    cells = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    failed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_problems", x => new { x.import, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    files = table.Column<string>(type: "text", nullable: false),
                    uploaded = table.Column<bool>(type: "boolean", nullable: false),
                    options = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    by_roles = table.Column<int>(type: "integer", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    counts = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<string>(type: "text", nullable: true),
                    heads = table.Column<string>(type: "text", nullable: false),
                    per_mille = table.Column<int>(type: "integer", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    problem = table.Column<string>(type: "text", nullable: true),
                    held_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stop_asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "installation",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    mail_domains = table.Column<List<string>>(type: "text[]", nullable: false),
                    zone = table.Column<string>(type: "text", nullable: false),
                    business_hours = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "text", nullable: false),
                    extra_holidays = table.Column<List<DateOnly>>(type: "date[]", nullable: false),
                    signing_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    set_up_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_installation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intakes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    mailbox = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    raw = table.Column<byte[]>(type: "bytea", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    problem = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    interaction = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intakes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "interaction_viewers",
                columns: table => new
                {
                    interaction = table.Column<long>(type: "bigint", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interaction_viewers", x => new { x.interaction, x.member });
                });

            migrationBuilder.CreateTable(
                name: "interactions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    conversation = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    direction = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    voice = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    minutes = table.Column<int>(type: "integer", nullable: true),
                    subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    author = table.Column<Guid>(type: "uuid", nullable: true),
                    author_name = table.Column<string>(type: "text", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    asks = table.Column<bool>(type: "boolean", nullable: false),
                    thanks = table.Column<bool>(type: "boolean", nullable: false),
                    has_more = table.Column<bool>(type: "boolean", nullable: false),
                    has_html = table.Column<bool>(type: "boolean", nullable: false),
                    attachment_count = table.Column<int>(type: "integer", nullable: false),
                    joined_because = table.Column<string>(type: "text", nullable: true),
                    intake = table.Column<Guid>(type: "uuid", nullable: true),
                    message_id = table.Column<string>(type: "text", nullable: true),
                    only_for = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interactions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    holder = table.Column<Guid>(type: "uuid", nullable: true),
                    held_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ran_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failure = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "journal",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "text", nullable: false),
                    deed = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "journal_contents",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal_contents", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "judgements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    relationship = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    answer = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    evidence = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    interaction = table.Column<long>(type: "bigint", nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_judgements", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mail_domains",
                columns: table => new
                {
                    domain = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: false),
                    organization = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_domains", x => new { x.domain, x.organization });
                });

            migrationBuilder.CreateTable(
                name: "mailboxes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    shared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailboxes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "members",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    email_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false),
                    sort_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    roles = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: false),
                    zone = table.Column<string>(type: "text", nullable: true),
                    theme = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    language = table.Column<string>(type: "text", nullable: true),
                    joined_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    left_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_members", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mentioned_ids",
                columns: table => new
                {
                    message_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    conversation = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mentioned_ids", x => new { x.message_id, x.conversation });
                });

            migrationBuilder.CreateTable(
                name: "message_ids",
                columns: table => new
                {
                    message_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    interaction = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_ids", x => new { x.message_id, x.content_hash });
                });

            migrationBuilder.CreateTable(
                name: "one_time_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    roles = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_one_time_links", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "participants",
                columns: table => new
                {
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    interaction = table.Column<long>(type: "bigint", nullable: false),
                    part = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    counts = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_participants", x => new { x.party, x.interaction, x.part });
                });

            migrationBuilder.CreateTable(
                name: "parties",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    sort_name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    who = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    note = table.Column<string>(type: "text", nullable: true),
                    language = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: true),
                    zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    external_key = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_contact_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    archived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    former_names = table.Column<List<string>>(type: "text[]", nullable: false),
                    standing = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    tier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: true),
                    pays = table.Column<bool>(type: "boolean", nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(13)", maxLength: 13, nullable: false),
                    parent = table.Column<Guid>(type: "uuid", nullable: true),
                    given_name = table.Column<string>(type: "text", nullable: true),
                    family_name = table.Column<string>(type: "text", nullable: true),
                    member = table.Column<Guid>(type: "uuid", nullable: true),
                    prefers = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    first_wrote_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    messages_before_judged = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parties", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "relationships",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider = table.Column<Guid>(type: "uuid", nullable: false),
                    customer = table.Column<Guid>(type: "uuid", nullable: false),
                    @internal = table.Column<bool>(name: "internal", type: "boolean", nullable: false),
                    tier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: true),
                    primary = table.Column<bool>(type: "boolean", nullable: false),
                    payer = table.Column<Guid>(type: "uuid", nullable: true),
                    has_bought = table.Column<bool>(type: "boolean", nullable: false),
                    since = table.Column<DateOnly>(type: "date", nullable: true),
                    until = table.Column<DateOnly>(type: "date", nullable: true),
                    standing = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_relationships", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rhythms",
                columns: table => new
                {
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    contacts = table.Column<int>(type: "integer", nullable: false),
                    last_contact_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    gap_days = table.Column<double>(type: "double precision", nullable: true),
                    unusual_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    quiet_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    never = table.Column<bool>(type: "boolean", nullable: false),
                    quiet_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    said_by = table.Column<Guid>(type: "uuid", nullable: true),
                    said_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    owner = table.Column<Guid>(type: "uuid", nullable: true),
                    stale = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rhythms", x => x.party);
                });

            migrationBuilder.CreateTable(
                name: "serves_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    provider = table.Column<Guid>(type: "uuid", nullable: false),
                    customer = table.Column<Guid>(type: "uuid", nullable: false),
                    with = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: true),
                    until = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_serves_links", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "who_said",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    answer = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    about = table.Column<Guid>(type: "uuid", nullable: false),
                    domain = table.Column<string>(type: "character varying(253)", maxLength: 253, nullable: true),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    changes = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_who_said", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "api_tokens",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    scope = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    ending = table.Column<string>(type: "text", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_tokens", x => x.id);
                    table.ForeignKey(
                        name: "fk_api_tokens_members_member",
                        column: x => x.member,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    key_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    device = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    address = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    renewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_sessions_members_member",
                        column: x => x.member,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_affiliations_organization",
                table: "affiliations",
                column: "organization");

            migrationBuilder.CreateIndex(
                name: "ix_affiliations_person",
                table: "affiliations",
                column: "person");

            migrationBuilder.CreateIndex(
                name: "ix_api_tokens_hash",
                table: "api_tokens",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_api_tokens_member_made_at",
                table: "api_tokens",
                columns: new[] { "member", "made_at" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_closed_at_id",
                table: "commitments",
                columns: new[] { "closed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_customer_state_due_end",
                table: "commitments",
                columns: new[] { "customer", "state", "due_end" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_offered_to",
                table: "commitments",
                column: "offered_to",
                filter: "offered_to IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_owner_state_due_end",
                table: "commitments",
                columns: new[] { "owner", "state", "due_end" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_said_in",
                table: "commitments",
                column: "said_in");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_state_due_end_id",
                table: "commitments",
                columns: new[] { "state", "due_end", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_with_state_due_end",
                table: "commitments",
                columns: new[] { "with", "state", "due_end" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_points_domain",
                table: "contact_points",
                column: "domain",
                filter: "domain IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_contact_points_party_kind_value",
                table: "contact_points",
                columns: new[] { "party", "kind", "value" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_contact_points_value_kind",
                table: "contact_points",
                columns: new[] { "value", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_customer_last_at",
                table: "conversations",
                columns: new[] { "customer", "last_at" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_customer_waiting_since",
                table: "conversations",
                columns: new[] { "customer", "waiting_since" },
                filter: "waiting_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_last_at_id",
                table: "conversations",
                columns: new[] { "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_owner_state_last_at",
                table: "conversations",
                columns: new[] { "owner", "state", "last_at" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_owner_waiting_since_id",
                table: "conversations",
                columns: new[] { "owner", "waiting_since", "id" },
                filter: "waiting_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_waiting_person",
                table: "conversations",
                column: "waiting_person",
                filter: "waiting_person IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_waiting_since_id",
                table: "conversations",
                columns: new[] { "waiting_since", "id" },
                filter: "waiting_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_happenings_dead_at_due_at",
                table: "happenings",
                columns: new[] { "dead_at", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_idempotent_answers_at",
                table: "idempotent_answers",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_imports_state_id",
                table: "imports",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_intakes_interaction",
                table: "intakes",
                column: "interaction");

            migrationBuilder.CreateIndex(
                name: "ix_intakes_mailbox_raw",
                table: "intakes",
                columns: new[] { "mailbox", "raw" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_intakes_state_mailbox_id",
                table: "intakes",
                columns: new[] { "state", "mailbox", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_interactions_conversation_id",
                table: "interactions",
                columns: new[] { "conversation", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_journal_subject",
                table: "journal",
                column: "subject");

            migrationBuilder.CreateIndex(
                name: "ix_judgements_relationship_kind_at",
                table: "judgements",
                columns: new[] { "relationship", "kind", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_mail_domains_organization",
                table: "mail_domains",
                column: "organization");

            migrationBuilder.CreateIndex(
                name: "ix_mailboxes_owner",
                table: "mailboxes",
                column: "owner");

            migrationBuilder.CreateIndex(
                name: "ix_members_email_key",
                table: "members",
                column: "email_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_members_sort_name_email_key",
                table: "members",
                columns: new[] { "sort_name", "email_key" });

            migrationBuilder.CreateIndex(
                name: "ix_mentioned_ids_conversation",
                table: "mentioned_ids",
                column: "conversation");

            migrationBuilder.CreateIndex(
                name: "ix_message_ids_interaction",
                table: "message_ids",
                column: "interaction");

            migrationBuilder.CreateIndex(
                name: "ix_one_time_links_expires_at",
                table: "one_time_links",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_one_time_links_hash",
                table: "one_time_links",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_participants_interaction",
                table: "participants",
                column: "interaction");

            migrationBuilder.CreateIndex(
                name: "ix_parties_external_key",
                table: "parties",
                column: "external_key",
                filter: "external_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_parties_last_contact_at_rank_id",
                table: "parties",
                columns: new[] { "last_contact_at", "rank", "id" },
                descending: new[] { true, false, false });

            migrationBuilder.CreateIndex(
                name: "ix_parties_member",
                table: "parties",
                column: "member",
                filter: "member IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_parties_owner_last_contact_at_rank_id",
                table: "parties",
                columns: new[] { "owner", "last_contact_at", "rank", "id" },
                descending: new[] { false, true, false, false },
                filter: "owner IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_parties_owner_rank_sort_name_id",
                table: "parties",
                columns: new[] { "owner", "rank", "sort_name", "id" },
                filter: "owner IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_parties_owner_sort_name_rank_id",
                table: "parties",
                columns: new[] { "owner", "sort_name", "rank", "id" },
                filter: "owner IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_parties_parent",
                table: "parties",
                column: "parent",
                filter: "parent IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_parties_rank_sort_name_id",
                table: "parties",
                columns: new[] { "rank", "sort_name", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_parties_sort_name_rank_id",
                table: "parties",
                columns: new[] { "sort_name", "rank", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_parties_sort_name_rank_id1",
                table: "parties",
                columns: new[] { "sort_name", "rank", "id" },
                filter: "archived_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_parties_standing_last_contact_at_rank_id",
                table: "parties",
                columns: new[] { "standing", "last_contact_at", "rank", "id" },
                descending: new[] { false, true, false, false },
                filter: "standing IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_parties_standing_sort_name_rank_id",
                table: "parties",
                columns: new[] { "standing", "sort_name", "rank", "id" },
                filter: "standing IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_parties_who_messages_before_judged_id",
                table: "parties",
                columns: new[] { "who", "messages_before_judged", "id" },
                descending: new[] { false, true, false },
                filter: "messages_before_judged > 0");

            migrationBuilder.CreateIndex(
                name: "ix_parties_who_sort_name_rank_id",
                table: "parties",
                columns: new[] { "who", "sort_name", "rank", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_relationships_customer",
                table: "relationships",
                column: "customer");

            migrationBuilder.CreateIndex(
                name: "ix_relationships_owner_standing",
                table: "relationships",
                columns: new[] { "owner", "standing" });

            migrationBuilder.CreateIndex(
                name: "ix_relationships_payer",
                table: "relationships",
                column: "payer",
                filter: "payer IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_relationships_provider_customer",
                table: "relationships",
                columns: new[] { "provider", "customer" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_relationships_standing_tier",
                table: "relationships",
                columns: new[] { "standing", "tier" });

            migrationBuilder.CreateIndex(
                name: "ix_relationships_until",
                table: "relationships",
                column: "until",
                filter: "until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_rhythms_owner_quiet_at",
                table: "rhythms",
                columns: new[] { "owner", "quiet_at" },
                filter: "quiet_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_rhythms_party",
                table: "rhythms",
                column: "party",
                filter: "stale");

            migrationBuilder.CreateIndex(
                name: "ix_rhythms_said_by_said_at",
                table: "rhythms",
                columns: new[] { "said_by", "said_at" },
                filter: "said_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_serves_links_customer",
                table: "serves_links",
                column: "customer");

            migrationBuilder.CreateIndex(
                name: "ix_serves_links_provider",
                table: "serves_links",
                column: "provider");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_key_hash",
                table: "sessions",
                column: "key_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_member_last_seen_at",
                table: "sessions",
                columns: new[] { "member", "last_seen_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "affiliations");

            migrationBuilder.DropTable(
                name: "api_tokens");

            migrationBuilder.DropTable(
                name: "attachments");

            migrationBuilder.DropTable(
                name: "blobs");

            migrationBuilder.DropTable(
                name: "commitment_events");

            migrationBuilder.DropTable(
                name: "commitments");

            migrationBuilder.DropTable(
                name: "contact_points");

            migrationBuilder.DropTable(
                name: "conversation_viewers");

            migrationBuilder.DropTable(
                name: "conversations");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "happenings");

            migrationBuilder.DropTable(
                name: "idempotent_answers");

            migrationBuilder.DropTable(
                name: "import_changes");

            migrationBuilder.DropTable(
                name: "import_mappings");

            migrationBuilder.DropTable(
                name: "import_problems");

            migrationBuilder.DropTable(
                name: "imports");

            migrationBuilder.DropTable(
                name: "installation");

            migrationBuilder.DropTable(
                name: "intakes");

            migrationBuilder.DropTable(
                name: "interaction_viewers");

            migrationBuilder.DropTable(
                name: "interactions");

            migrationBuilder.DropTable(
                name: "jobs");

            migrationBuilder.DropTable(
                name: "journal");

            migrationBuilder.DropTable(
                name: "journal_contents");

            migrationBuilder.DropTable(
                name: "judgements");

            migrationBuilder.DropTable(
                name: "mail_domains");

            migrationBuilder.DropTable(
                name: "mailboxes");

            migrationBuilder.DropTable(
                name: "mentioned_ids");

            migrationBuilder.DropTable(
                name: "message_ids");

            migrationBuilder.DropTable(
                name: "one_time_links");

            migrationBuilder.DropTable(
                name: "participants");

            migrationBuilder.DropTable(
                name: "parties");

            migrationBuilder.DropTable(
                name: "relationships");

            migrationBuilder.DropTable(
                name: "rhythms");

            migrationBuilder.DropTable(
                name: "serves_links");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "who_said");

            migrationBuilder.DropTable(
                name: "members");
        }
    }
}
