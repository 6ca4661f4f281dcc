using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Rapport.Kernel.Database;

#nullable disable

namespace Rapport.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "address_reports",
                columns: table => new
                {
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    interaction = table.Column<long>(type: "INTEGER", nullable: false),
                    news = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    diagnostic = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    about = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_address_reports", x => new { x.address, x.interaction });
                });

            migrationBuilder.CreateTable(
                name: "affiliations",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    person = table.Column<byte[]>(type: "BLOB", nullable: false),
                    organization = table.Column<byte[]>(type: "BLOB", nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    level = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    department = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    proposed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_affiliations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "answer_times",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    written = table.Column<string>(type: "TEXT", nullable: false),
                    rounds = table.Column<int>(type: "INTEGER", nullable: false),
                    rounds_done = table.Column<int>(type: "INTEGER", nullable: false),
                    looked_at = table.Column<byte[]>(type: "BLOB", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_answer_times", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "attachments",
                columns: table => new
                {
                    interaction = table.Column<long>(type: "INTEGER", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    content_id = table.Column<string>(type: "TEXT", nullable: true),
                    blob = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attachments", x => new { x.interaction, x.position });
                });

            migrationBuilder.CreateTable(
                name: "automatic_answers",
                columns: table => new
                {
                    answers = table.Column<long>(type: "INTEGER", nullable: false),
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    sent_as = table.Column<long>(type: "INTEGER", nullable: true),
                    held = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_automatic_answers", x => x.answers);
                });

            migrationBuilder.CreateTable(
                name: "blobs",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    compressed = table.Column<bool>(type: "INTEGER", nullable: false),
                    stored = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_blobs", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "changes",
                columns: table => new
                {
                    position = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    about = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_changes", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "commitment_events",
                columns: table => new
                {
                    commitment = table.Column<byte[]>(type: "BLOB", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    deed = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    due_end = table.Column<long>(type: "INTEGER", nullable: true),
                    recipient = table.Column<byte[]>(type: "BLOB", nullable: true),
                    verdict = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    note = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    interaction = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commitment_events", x => new { x.commitment, x.place });
                });

            migrationBuilder.CreateTable(
                name: "commitment_proposals",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    said_in = table.Column<long>(type: "INTEGER", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    said_at = table.Column<long>(type: "INTEGER", nullable: false),
                    side = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    with = table.Column<byte[]>(type: "BLOB", nullable: false),
                    @for = table.Column<byte[]>(name: "for", type: "BLOB", nullable: true),
                    words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    probability = table.Column<double>(type: "REAL", nullable: false),
                    score = table.Column<double>(type: "REAL", nullable: false),
                    because = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    due_start = table.Column<long>(type: "INTEGER", nullable: true),
                    due_end = table.Column<long>(type: "INTEGER", nullable: true),
                    due_precision = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    due_words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    commitment = table.Column<byte[]>(type: "BLOB", nullable: true),
                    decided_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commitment_proposals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "commitments",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    side = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    with = table.Column<byte[]>(type: "BLOB", nullable: false),
                    customer = table.Column<byte[]>(type: "BLOB", nullable: false),
                    said_in = table.Column<long>(type: "INTEGER", nullable: true),
                    said_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_start = table.Column<long>(type: "INTEGER", nullable: true),
                    due_end = table.Column<long>(type: "INTEGER", nullable: true),
                    due_precision = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    due_words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    owner = table.Column<byte[]>(type: "BLOB", nullable: false),
                    offered_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    weight = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    proof_in = table.Column<long>(type: "INTEGER", nullable: true),
                    proof_words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    verdict = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    verdict_words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    disagreed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    replaced_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commitments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "contact_points",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    party = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    value = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    domain = table.Column<string>(type: "TEXT", nullable: true),
                    given = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    label = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    preferred = table.Column<bool>(type: "INTEGER", nullable: false),
                    verified_at = table.Column<long>(type: "INTEGER", nullable: true),
                    do_not_use = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_points", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "conversation_moves",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    from = table.Column<byte[]>(type: "BLOB", nullable: false),
                    to = table.Column<byte[]>(type: "BLOB", nullable: false),
                    head = table.Column<long>(type: "INTEGER", nullable: false),
                    head_because = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    memory = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    undone_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_moves", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "conversation_sharings",
                columns: table => new
                {
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    owner = table.Column<byte[]>(type: "BLOB", nullable: false),
                    visibility = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    team = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_sharings", x => new { x.conversation, x.owner });
                });

            migrationBuilder.CreateTable(
                name: "conversation_tags",
                columns: table => new
                {
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    tag = table.Column<string>(type: "TEXT", maxLength: 160, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_tags", x => new { x.conversation, x.tag });
                });

            migrationBuilder.CreateTable(
                name: "conversation_viewers",
                columns: table => new
                {
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    reader = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_viewers", x => new { x.conversation, x.reader });
                });

            migrationBuilder.CreateTable(
                name: "conversations",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    owner = table.Column<byte[]>(type: "BLOB", nullable: true),
                    team = table.Column<byte[]>(type: "BLOB", nullable: true),
                    customer = table.Column<byte[]>(type: "BLOB", nullable: true),
                    related = table.Column<byte[]>(type: "BLOB", nullable: true),
                    first = table.Column<long>(type: "INTEGER", nullable: false),
                    last = table.Column<long>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false),
                    count = table.Column<int>(type: "INTEGER", nullable: false),
                    waiting_since = table.Column<long>(type: "INTEGER", nullable: true),
                    waiting_for = table.Column<long>(type: "INTEGER", nullable: true),
                    waiting_person = table.Column<byte[]>(type: "BLOB", nullable: true),
                    snoozed_until = table.Column<long>(type: "INTEGER", nullable: true),
                    settled_until = table.Column<long>(type: "INTEGER", nullable: true),
                    state_at = table.Column<long>(type: "INTEGER", nullable: true),
                    state_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    automatic = table.Column<bool>(type: "INTEGER", nullable: false),
                    unsure = table.Column<bool>(type: "INTEGER", nullable: false),
                    list_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    mixed = table.Column<bool>(type: "INTEGER", nullable: false),
                    merged_into = table.Column<byte[]>(type: "BLOB", nullable: true),
                    only_for = table.Column<byte[]>(type: "BLOB", nullable: true),
                    outlined = table.Column<bool>(type: "INTEGER", nullable: false),
                    clock = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    clock_from = table.Column<long>(type: "INTEGER", nullable: true),
                    clock_channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    clock_tier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    clock_time = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    xml = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "drafts",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    author = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: true),
                    answers = table.Column<long>(type: "INTEGER", nullable: true),
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: true),
                    to = table.Column<string>(type: "TEXT", nullable: false),
                    cc = table.Column<string>(type: "TEXT", nullable: false),
                    bcc = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    seen_last = table.Column<long>(type: "INTEGER", nullable: true),
                    seen_count = table.Column<int>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    send_at = table.Column<long>(type: "INTEGER", nullable: true),
                    stopped = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    sent_as = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_drafts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fetched_mails",
                columns: table => new
                {
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    validity = table.Column<long>(type: "INTEGER", nullable: false),
                    uid = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    arrived_at = table.Column<long>(type: "INTEGER", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    why = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fetched_mails", x => new { x.mailbox, x.role, x.validity, x.uid });
                });

            migrationBuilder.CreateTable(
                name: "happenings",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    listener = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    by_roles = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    dead_at = table.Column<long>(type: "INTEGER", nullable: true),
                    failure = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_happenings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotent_answers",
                columns: table => new
                {
                    key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    request = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: true),
                    content_type = table.Column<string>(type: "TEXT", nullable: true),
                    location = table.Column<string>(type: "TEXT", nullable: true),
                    e_tag = table.Column<string>(type: "TEXT", nullable: true),
                    body = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotent_answers", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "import_changes",
                columns: table => new
                {
                    import = table.Column<byte[]>(type: "BLOB", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    what = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    subject = table.Column<byte[]>(type: "BLOB", nullable: false),
                    made = table.Column<bool>(type: "INTEGER", nullable: false),
                    print = table.Column<byte[]>(type: "BLOB", nullable: false),
                    changes = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_changes", x => new { x.import, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "import_mappings",
                columns: table => new
                {
                    signature = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    mapping = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_mappings", x => x.signature);
                });

            migrationBuilder.CreateTable(
                name: "import_problems",
                columns: table => new
                {
                    import = table.Column<byte[]>(type: "BLOB", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    row = table.Column<int>(type: "INTEGER", nullable: false),
                    cells = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    failed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_problems", x => new { x.import, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    files = table.Column<string>(type: "TEXT", nullable: false),
                    uploaded = table.Column<bool>(type: "INTEGER", nullable: false),
                    options = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    by_roles = table.Column<int>(type: "INTEGER", maxLength: 40, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    counts = table.Column<string>(type: "TEXT", nullable: false),
                    position = table.Column<string>(type: "TEXT", nullable: true),
                    heads = table.Column<string>(type: "TEXT", nullable: false),
                    per_mille = table.Column<int>(type: "INTEGER", nullable: false),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true),
                    problem = table.Column<string>(type: "TEXT", nullable: true),
                    held_until = table.Column<long>(type: "INTEGER", nullable: true),
                    holder = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    stop_asked_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "installation",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    mail_domains = table.Column<string>(type: "TEXT", nullable: false),
                    zone = table.Column<string>(type: "TEXT", nullable: false),
                    business_hours = table.Column<string>(type: "TEXT", nullable: false),
                    country = table.Column<string>(type: "TEXT", nullable: false),
                    extra_holidays = table.Column<string>(type: "TEXT", nullable: false),
                    signing_key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    set_up_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_installation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intakes",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    import = table.Column<byte[]>(type: "BLOB", nullable: true),
                    source = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    raw = table.Column<byte[]>(type: "BLOB", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    sent = table.Column<bool>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    problem = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    interaction = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intakes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "interaction_viewers",
                columns: table => new
                {
                    interaction = table.Column<long>(type: "INTEGER", nullable: false),
                    reader = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interaction_viewers", x => new { x.interaction, x.reader });
                });

            migrationBuilder.CreateTable(
                name: "interactions",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    direction = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    voice = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    minutes = table.Column<int>(type: "INTEGER", nullable: true),
                    subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    author = table.Column<byte[]>(type: "BLOB", nullable: true),
                    author_name = table.Column<string>(type: "TEXT", nullable: false),
                    member = table.Column<byte[]>(type: "BLOB", nullable: true),
                    asks = table.Column<bool>(type: "INTEGER", nullable: false),
                    thanks = table.Column<bool>(type: "INTEGER", nullable: false),
                    has_more = table.Column<bool>(type: "INTEGER", nullable: false),
                    has_html = table.Column<bool>(type: "INTEGER", nullable: false),
                    seal = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    attachment_count = table.Column<int>(type: "INTEGER", nullable: false),
                    joined_because = table.Column<string>(type: "TEXT", nullable: true),
                    intake = table.Column<byte[]>(type: "BLOB", nullable: true),
                    message_id = table.Column<string>(type: "TEXT", nullable: true),
                    only_for = table.Column<byte[]>(type: "BLOB", nullable: true),
                    outlined = table.Column<bool>(type: "INTEGER", nullable: false),
                    @private = table.Column<bool>(name: "private", type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interactions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    holder = table.Column<byte[]>(type: "BLOB", nullable: true),
                    held_until = table.Column<long>(type: "INTEGER", nullable: true),
                    next_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ran_at = table.Column<long>(type: "INTEGER", nullable: true),
                    failure = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "journal",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", nullable: false),
                    deed = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    content_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "journal_contents",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal_contents", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "judgements",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    relationship = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    answer = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    evidence = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    interaction = table.Column<long>(type: "INTEGER", nullable: true),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_judgements", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "learned_words",
                columns: table => new
                {
                    word = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    weight = table.Column<double>(type: "REAL", nullable: false),
                    confirmed = table.Column<int>(type: "INTEGER", nullable: false),
                    dismissed = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learned_words", x => x.word);
                });

            migrationBuilder.CreateTable(
                name: "learning_forgotten",
                columns: table => new
                {
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_forgotten", x => x.at);
                });

            migrationBuilder.CreateTable(
                name: "mail_domains",
                columns: table => new
                {
                    domain = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    organization = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_domains", x => new { x.domain, x.organization });
                });

            migrationBuilder.CreateTable(
                name: "mail_providers",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    client_id = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    secret = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    authorize_address = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    token_address = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    scopes = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    reading_server = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    sending_server = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_providers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mailboxes",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    owner = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    visibility = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    team = table.Column<byte[]>(type: "BLOB", nullable: true),
                    last_taken_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailboxes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "members",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    email_key = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    sort_name = table.Column<string>(type: "TEXT", nullable: false),
                    roles = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: false),
                    security_stamp = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    failed_sign_ins = table.Column<int>(type: "INTEGER", nullable: false),
                    locked_until = table.Column<long>(type: "INTEGER", nullable: true),
                    zone = table.Column<string>(type: "TEXT", nullable: true),
                    theme = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: true),
                    joined_at = table.Column<long>(type: "INTEGER", nullable: false),
                    left_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_seen_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_members", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mentioned_ids",
                columns: table => new
                {
                    message_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mentioned_ids", x => new { x.message_id, x.conversation });
                });

            migrationBuilder.CreateTable(
                name: "message_ids",
                columns: table => new
                {
                    message_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    content_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    interaction = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_ids", x => new { x.message_id, x.content_hash });
                });

            migrationBuilder.CreateTable(
                name: "moved_interactions",
                columns: table => new
                {
                    move = table.Column<byte[]>(type: "BLOB", nullable: false),
                    interaction = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_moved_interactions", x => new { x.move, x.interaction });
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    severity = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 150, nullable: false),
                    affects = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    means = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    we_do = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    began = table.Column<long>(type: "INTEGER", nullable: false),
                    expected_end = table.Column<long>(type: "INTEGER", nullable: true),
                    confidence = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    next_word = table.Column<long>(type: "INTEGER", nullable: true),
                    promise = table.Column<byte[]>(type: "BLOB", nullable: true),
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    owner = table.Column<byte[]>(type: "BLOB", nullable: false),
                    site = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false),
                    over_at = table.Column<long>(type: "INTEGER", nullable: true),
                    words = table.Column<int>(type: "INTEGER", nullable: false),
                    said_once = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "nudges",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    member = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    note = table.Column<long>(type: "INTEGER", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_nudges", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "one_time_links",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    member = table.Column<byte[]>(type: "BLOB", nullable: true),
                    roles = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 254, nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_one_time_links", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outgoing_mails",
                columns: table => new
                {
                    interaction = table.Column<long>(type: "INTEGER", nullable: false),
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    raw = table.Column<byte[]>(type: "BLOB", nullable: false),
                    envelope_sender = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    queued_at = table.Column<long>(type: "INTEGER", nullable: false),
                    tried_at = table.Column<long>(type: "INTEGER", nullable: true),
                    copy = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    copy_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    copy_attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    copy_said = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outgoing_mails", x => x.interaction);
                });

            // Rows lie in the order of the key, so that a party's timeline is one range on the disk too; EF has no word for it.
            migrationBuilder.Sql("""
                CREATE TABLE participants (
                    "party" BLOB NOT NULL, "interaction" INTEGER NOT NULL, "part" TEXT NOT NULL, "counts" INTEGER NOT NULL,
                    CONSTRAINT "pk_participants" PRIMARY KEY ("party", "interaction", "part")) WITHOUT ROWID
                """);

            migrationBuilder.CreateTable(
                name: "parties",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    sort_name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    who = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    language = table.Column<string>(type: "TEXT", maxLength: 35, nullable: true),
                    zone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    external_key = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_contact_at = table.Column<long>(type: "INTEGER", nullable: true),
                    archived_at = table.Column<long>(type: "INTEGER", nullable: true),
                    merged_into = table.Column<byte[]>(type: "BLOB", nullable: true),
                    former_names = table.Column<string>(type: "TEXT", nullable: false),
                    standing = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    tier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    owner = table.Column<byte[]>(type: "BLOB", nullable: true),
                    pays = table.Column<bool>(type: "INTEGER", nullable: false),
                    rank = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 13, nullable: false),
                    parent = table.Column<byte[]>(type: "BLOB", nullable: true),
                    given_name = table.Column<string>(type: "TEXT", nullable: true),
                    family_name = table.Column<string>(type: "TEXT", nullable: true),
                    member = table.Column<byte[]>(type: "BLOB", nullable: true),
                    prefers = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    first_wrote_at = table.Column<long>(type: "INTEGER", nullable: true),
                    messages_before_judged = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parties", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "presences",
                columns: table => new
                {
                    line = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: false),
                    member = table.Column<byte[]>(type: "BLOB", nullable: false),
                    writing = table.Column<bool>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_presences", x => x.line);
                });

            migrationBuilder.CreateTable(
                name: "relationships",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    provider = table.Column<byte[]>(type: "BLOB", nullable: false),
                    customer = table.Column<byte[]>(type: "BLOB", nullable: false),
                    @internal = table.Column<bool>(name: "internal", type: "INTEGER", nullable: false),
                    tier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    owner = table.Column<byte[]>(type: "BLOB", nullable: true),
                    primary = table.Column<bool>(type: "INTEGER", nullable: false),
                    payer = table.Column<byte[]>(type: "BLOB", nullable: true),
                    has_bought = table.Column<bool>(type: "INTEGER", nullable: false),
                    since = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    standing = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_relationships", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "remote_senders",
                columns: table => new
                {
                    member = table.Column<byte[]>(type: "BLOB", nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_remote_senders", x => new { x.member, x.address });
                });

            migrationBuilder.CreateTable(
                name: "rhythms",
                columns: table => new
                {
                    party = table.Column<byte[]>(type: "BLOB", nullable: false),
                    contacts = table.Column<int>(type: "INTEGER", nullable: false),
                    last_contact_at = table.Column<long>(type: "INTEGER", nullable: true),
                    gap_days = table.Column<double>(type: "REAL", nullable: true),
                    unusual_at = table.Column<long>(type: "INTEGER", nullable: true),
                    quiet_until = table.Column<long>(type: "INTEGER", nullable: true),
                    never = table.Column<bool>(type: "INTEGER", nullable: false),
                    quiet_at = table.Column<long>(type: "INTEGER", nullable: true),
                    said_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    said_at = table.Column<long>(type: "INTEGER", nullable: true),
                    owner = table.Column<byte[]>(type: "BLOB", nullable: true),
                    at_organization = table.Column<bool>(type: "INTEGER", nullable: false),
                    stale = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rhythms", x => x.party);
                });

            migrationBuilder.CreateTable(
                name: "saved_texts",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    shortcut = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_texts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "saved_views",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    owner = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    sort_name = table.Column<string>(type: "TEXT", maxLength: 240, nullable: false),
                    query = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    @for = table.Column<byte[]>(name: "for", type: "BLOB", nullable: true),
                    discarded_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_views", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "serves_links",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    provider = table.Column<byte[]>(type: "BLOB", nullable: false),
                    customer = table.Column<byte[]>(type: "BLOB", nullable: false),
                    with = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_serves_links", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "suppression_lifts",
                columns: table => new
                {
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    up_to = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suppression_lifts", x => x.address);
                });

            migrationBuilder.CreateTable(
                name: "tags",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 160, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tags", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "teams",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    sort_name = table.Column<string>(type: "TEXT", nullable: false),
                    formed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    disbanded_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_teams", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "unsubscribed",
                columns: table => new
                {
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    topic = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_unsubscribed", x => new { x.address, x.topic, x.channel });
                });

            migrationBuilder.CreateTable(
                name: "webhook_events",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    conversation = table.Column<byte[]>(type: "BLOB", nullable: true),
                    interaction = table.Column<long>(type: "INTEGER", nullable: true),
                    commitment = table.Column<byte[]>(type: "BLOB", nullable: true),
                    when_left = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "webhooks",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    url = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    owner = table.Column<byte[]>(type: "BLOB", nullable: true),
                    kinds = table.Column<string>(type: "TEXT", nullable: false),
                    secret = table.Column<string>(type: "TEXT", nullable: false),
                    old_secret = table.Column<string>(type: "TEXT", nullable: true),
                    old_secret_until = table.Column<long>(type: "INTEGER", nullable: true),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false),
                    paused_at = table.Column<long>(type: "INTEGER", nullable: true),
                    off_at = table.Column<long>(type: "INTEGER", nullable: true),
                    off_because = table.Column<string>(type: "TEXT", nullable: true),
                    failing_since = table.Column<long>(type: "INTEGER", nullable: true),
                    holder = table.Column<byte[]>(type: "BLOB", nullable: true),
                    held_until = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhooks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "who_said",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    answer = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    about = table.Column<byte[]>(type: "BLOB", nullable: false),
                    domain = table.Column<string>(type: "TEXT", maxLength: 253, nullable: true),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    undone_at = table.Column<long>(type: "INTEGER", nullable: true),
                    changes = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_who_said", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "draft_files",
                columns: table => new
                {
                    draft = table.Column<byte[]>(type: "BLOB", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    blob = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draft_files", x => new { x.draft, x.position });
                    table.ForeignKey(
                        name: "fk_draft_files_drafts_draft",
                        column: x => x.draft,
                        principalTable: "drafts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mailbox_connections",
                columns: table => new
                {
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    read_from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    connected_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    paused_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    holder = table.Column<byte[]>(type: "BLOB", nullable: true),
                    held_until = table.Column<long>(type: "INTEGER", nullable: true),
                    contact_at = table.Column<long>(type: "INTEGER", nullable: true),
                    trouble = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    trouble_said = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    trouble_since = table.Column<long>(type: "INTEGER", nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    retry_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailbox_connections", x => x.mailbox);
                    table.ForeignKey(
                        name: "fk_mailbox_connections_mailbox_mailbox",
                        column: x => x.mailbox,
                        principalTable: "mailboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outboxes",
                columns: table => new
                {
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    sender_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    signature = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    marks_reply_address = table.Column<bool>(type: "INTEGER", nullable: false),
                    marks_envelope_sender = table.Column<bool>(type: "INTEGER", nullable: false),
                    most_per_minute = table.Column<int>(type: "INTEGER", nullable: true),
                    server_keeps_copy = table.Column<bool>(type: "INTEGER", nullable: false),
                    acknowledges_since = table.Column<long>(type: "INTEGER", nullable: true),
                    acknowledgement_text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    answer_promised_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    holder = table.Column<byte[]>(type: "BLOB", nullable: true),
                    held_until = table.Column<long>(type: "INTEGER", nullable: true),
                    trouble = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    trouble_said = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    trouble_since = table.Column<long>(type: "INTEGER", nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    retry_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outboxes", x => x.mailbox);
                    table.ForeignKey(
                        name: "fk_outboxes_mailboxes_mailbox",
                        column: x => x.mailbox,
                        principalTable: "mailboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "api_tokens",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    member = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    scope = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ending = table.Column<string>(type: "TEXT", nullable: false),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_used_at = table.Column<long>(type: "INTEGER", nullable: true)
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
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    member = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    device = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    renewed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_seen_at = table.Column<long>(type: "INTEGER", nullable: false)
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

            migrationBuilder.CreateTable(
                name: "affected",
                columns: table => new
                {
                    notice = table.Column<byte[]>(type: "BLOB", nullable: false),
                    party = table.Column<byte[]>(type: "BLOB", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    last_place = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_affected", x => new { x.notice, x.party });
                    table.ForeignKey(
                        name: "fk_affected_notices_notice",
                        column: x => x.notice,
                        principalTable: "notices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notice_words",
                columns: table => new
                {
                    notice = table.Column<byte[]>(type: "BLOB", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    words = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    expected_end = table.Column<long>(type: "INTEGER", nullable: true),
                    confidence = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    next_word = table.Column<long>(type: "INTEGER", nullable: true),
                    end_before = table.Column<long>(type: "INTEGER", nullable: true),
                    tier = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    standing = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    owned_by = table.Column<byte[]>(type: "BLOB", nullable: true),
                    pays = table.Column<bool>(type: "INTEGER", nullable: true),
                    organization = table.Column<byte[]>(type: "BLOB", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    resolved_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    resolved_at = table.Column<long>(type: "INTEGER", nullable: true),
                    told_to = table.Column<byte[]>(type: "BLOB", nullable: true),
                    told_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_words", x => new { x.notice, x.place });
                    table.ForeignKey(
                        name: "fk_notice_words_notices_notice",
                        column: x => x.notice,
                        principalTable: "notices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "dispatches",
                columns: table => new
                {
                    interaction = table.Column<long>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    recipient = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    state_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    claim = table.Column<byte[]>(type: "BLOB", nullable: true),
                    said = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    settled_by = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dispatches", x => new { x.interaction, x.channel, x.recipient });
                    table.ForeignKey(
                        name: "fk_dispatches_outgoing_mails_interaction",
                        column: x => x.interaction,
                        principalTable: "outgoing_mails",
                        principalColumn: "interaction",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "team_members",
                columns: table => new
                {
                    team = table.Column<byte[]>(type: "BLOB", nullable: false),
                    member = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_team_members", x => new { x.team, x.member });
                    table.ForeignKey(
                        name: "fk_team_members_members_member",
                        column: x => x.member,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_team_members_teams_team",
                        column: x => x.team,
                        principalTable: "teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                columns: table => new
                {
                    webhook = table.Column<byte[]>(type: "BLOB", nullable: false),
                    @event = table.Column<byte[]>(name: "event", type: "BLOB", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_deliveries", x => new { x.webhook, x.@event });
                    table.ForeignKey(
                        name: "fk_webhook_deliveries_webhook_events_event",
                        column: x => x.@event,
                        principalTable: "webhook_events",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_webhook_deliveries_webhooks_webhook",
                        column: x => x.webhook,
                        principalTable: "webhooks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mail_grants",
                columns: table => new
                {
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    provider = table.Column<byte[]>(type: "BLOB", nullable: false),
                    granted_by = table.Column<byte[]>(type: "BLOB", nullable: false),
                    granted_at = table.Column<long>(type: "INTEGER", nullable: false),
                    refresh_token = table.Column<string>(type: "TEXT", nullable: false),
                    access_token = table.Column<string>(type: "TEXT", nullable: false),
                    access_until = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    asking_until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_grants", x => x.mailbox);
                    table.ForeignKey(
                        name: "fk_mail_grants_mailbox_connections_mailbox",
                        column: x => x.mailbox,
                        principalTable: "mailbox_connections",
                        principalColumn: "mailbox",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mail_servers",
                columns: table => new
                {
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    use = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    host = table.Column<string>(type: "TEXT", maxLength: 253, nullable: false),
                    port = table.Column<int>(type: "INTEGER", nullable: false),
                    security = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    user = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    secret = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    provider = table.Column<byte[]>(type: "BLOB", nullable: true),
                    trusted_certificate = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_servers", x => new { x.mailbox, x.use });
                    table.ForeignKey(
                        name: "fk_mail_servers_mailbox_connections_mailbox",
                        column: x => x.mailbox,
                        principalTable: "mailbox_connections",
                        principalColumn: "mailbox",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mailbox_folders",
                columns: table => new
                {
                    mailbox = table.Column<byte[]>(type: "BLOB", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    path = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    validity = table.Column<long>(type: "INTEGER", nullable: false),
                    renumbered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    on_server = table.Column<int>(type: "INTEGER", nullable: false),
                    older = table.Column<int>(type: "INTEGER", nullable: false),
                    missing = table.Column<int>(type: "INTEGER", nullable: false),
                    missing_since = table.Column<long>(type: "INTEGER", nullable: true),
                    oldest_missing_at = table.Column<long>(type: "INTEGER", nullable: true),
                    already_here = table.Column<int>(type: "INTEGER", nullable: false),
                    compared_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_arrival_at = table.Column<long>(type: "INTEGER", nullable: true),
                    longest_gap_minutes = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailbox_folders", x => new { x.mailbox, x.role });
                    table.ForeignKey(
                        name: "fk_mailbox_folders_mailbox_connections_mailbox",
                        column: x => x.mailbox,
                        principalTable: "mailbox_connections",
                        principalColumn: "mailbox",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tellings",
                columns: table => new
                {
                    notice = table.Column<byte[]>(type: "BLOB", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    party = table.Column<byte[]>(type: "BLOB", nullable: false),
                    interaction = table.Column<long>(type: "INTEGER", nullable: true),
                    address = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    not_told = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    why = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    cancelled_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tellings", x => new { x.notice, x.place, x.party });
                    table.ForeignKey(
                        name: "fk_tellings_affected_notice_party",
                        columns: x => new { x.notice, x.party },
                        principalTable: "affected",
                        principalColumns: new[] { "notice", "party" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "webhook_attempts",
                columns: table => new
                {
                    webhook = table.Column<byte[]>(type: "BLOB", nullable: false),
                    @event = table.Column<byte[]>(name: "event", type: "BLOB", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: true),
                    milliseconds = table.Column<int>(type: "INTEGER", nullable: false),
                    said = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_attempts", x => new { x.webhook, x.@event, x.number });
                    table.ForeignKey(
                        name: "fk_webhook_attempts_webhook_deliveries_webhook_event",
                        columns: x => new { x.webhook, x.@event },
                        principalTable: "webhook_deliveries",
                        principalColumns: new[] { "webhook", "event" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_address_reports_about",
                table: "address_reports",
                column: "about",
                filter: "about IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_address_reports_at",
                table: "address_reports",
                column: "at",
                filter: "news = 'Policy'");

            migrationBuilder.CreateIndex(
                name: "ix_address_reports_interaction",
                table: "address_reports",
                column: "interaction");

            migrationBuilder.CreateIndex(
                name: "ix_affected_party",
                table: "affected",
                column: "party");

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
                name: "ix_attachments_blob",
                table: "attachments",
                column: "blob");

            migrationBuilder.CreateIndex(
                name: "ix_automatic_answers_address_at",
                table: "automatic_answers",
                columns: new[] { "address", "at" },
                filter: "sent_as IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_automatic_answers_mailbox_at",
                table: "automatic_answers",
                columns: new[] { "mailbox", "at" },
                filter: "held IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_changes_at",
                table: "changes",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_events_interaction",
                table: "commitment_events",
                column: "interaction",
                filter: "interaction IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_proposals_said_in_place",
                table: "commitment_proposals",
                columns: new[] { "said_in", "place" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_commitment_proposals_state_for_said_in",
                table: "commitment_proposals",
                columns: new[] { "state", "for", "said_in" });

            migrationBuilder.CreateIndex(
                name: "ix_commitment_proposals_with",
                table: "commitment_proposals",
                column: "with");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_closed_at_id",
                table: "commitments",
                columns: new[] { "closed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_customer_state_due_end_id",
                table: "commitments",
                columns: new[] { "customer", "state", "due_end", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_offered_to",
                table: "commitments",
                column: "offered_to",
                filter: "offered_to IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_owner",
                table: "commitments",
                column: "owner",
                filter: "disagreed_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_owner_closed_at_id",
                table: "commitments",
                columns: new[] { "owner", "closed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_owner_state_due_end_id",
                table: "commitments",
                columns: new[] { "owner", "state", "due_end", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_proof_in",
                table: "commitments",
                column: "proof_in",
                filter: "proof_in IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_said_in",
                table: "commitments",
                column: "said_in");

            migrationBuilder.CreateIndex(
                name: "ix_commitments_state_due_end_id",
                table: "commitments",
                columns: new[] { "state", "due_end", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_with_state_due_end_id",
                table: "commitments",
                columns: new[] { "with", "state", "due_end", "id" });

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
                name: "ix_conversation_moves_from_to",
                table: "conversation_moves",
                columns: new[] { "from", "to" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_moves_to",
                table: "conversation_moves",
                column: "to");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tags_tag_conversation",
                table: "conversation_tags",
                columns: new[] { "tag", "conversation" });

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
                name: "ix_conversations_due_at_id",
                table: "conversations",
                columns: new[] { "due_at", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_last_at_id",
                table: "conversations",
                columns: new[] { "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_last_at_id1",
                table: "conversations",
                columns: new[] { "last_at", "id" },
                filter: "automatic");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_last_at_id2",
                table: "conversations",
                columns: new[] { "last_at", "id" },
                filter: "unsure");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_owner_due_at",
                table: "conversations",
                columns: new[] { "owner", "due_at" },
                filter: "clock = 'SpeakAgain'");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_owner_due_at_id",
                table: "conversations",
                columns: new[] { "owner", "due_at", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_owner_last_at_id",
                table: "conversations",
                columns: new[] { "owner", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_owner_state_last_at_id",
                table: "conversations",
                columns: new[] { "owner", "state", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_owner_waiting_since_id",
                table: "conversations",
                columns: new[] { "owner", "waiting_since", "id" },
                filter: "waiting_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_snoozed_until_id",
                table: "conversations",
                columns: new[] { "snoozed_until", "id" },
                filter: "snoozed_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_state_last_at_id",
                table: "conversations",
                columns: new[] { "state", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_state_last_at_id1",
                table: "conversations",
                columns: new[] { "state", "last_at", "id" },
                filter: "owner IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_team_due_at_id",
                table: "conversations",
                columns: new[] { "team", "due_at", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_team_state_last_at_id",
                table: "conversations",
                columns: new[] { "team", "state", "last_at", "id" },
                filter: "team IS NOT NULL");

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
                name: "ix_dispatches_mailbox",
                table: "dispatches",
                column: "mailbox",
                filter: "state = 'Claimed'");

            migrationBuilder.CreateIndex(
                name: "ix_dispatches_mailbox_due_at",
                table: "dispatches",
                columns: new[] { "mailbox", "due_at" },
                filter: "state = 'Queued'");

            migrationBuilder.CreateIndex(
                name: "ix_dispatches_state_interaction",
                table: "dispatches",
                columns: new[] { "state", "interaction" });

            migrationBuilder.CreateIndex(
                name: "ix_draft_files_blob",
                table: "draft_files",
                column: "blob");

            migrationBuilder.CreateIndex(
                name: "ix_drafts_author_changed_at",
                table: "drafts",
                columns: new[] { "author", "changed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_drafts_send_at",
                table: "drafts",
                column: "send_at",
                filter: "send_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_drafts_sent_as",
                table: "drafts",
                column: "sent_as",
                filter: "sent_as IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_fetched_mails_mailbox_state",
                table: "fetched_mails",
                columns: new[] { "mailbox", "state" },
                filter: "state <> 'Stored'");

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
                name: "ix_intakes_import_id",
                table: "intakes",
                columns: new[] { "import", "id" },
                filter: "import IS NOT NULL");

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
                name: "ix_intakes_raw",
                table: "intakes",
                column: "raw");

            migrationBuilder.CreateIndex(
                name: "ix_intakes_state_mailbox_id",
                table: "intakes",
                columns: new[] { "state", "mailbox", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_interactions_channel_conversation",
                table: "interactions",
                columns: new[] { "channel", "conversation" },
                filter: "channel <> 'Email'");

            migrationBuilder.CreateIndex(
                name: "ix_interactions_conversation_id",
                table: "interactions",
                columns: new[] { "conversation", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_journal_subject",
                table: "journal",
                column: "subject");

            migrationBuilder.CreateIndex(
                name: "ix_judgements_interaction",
                table: "judgements",
                column: "interaction",
                filter: "interaction IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_judgements_relationship_kind_at",
                table: "judgements",
                columns: new[] { "relationship", "kind", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_mail_domains_organization",
                table: "mail_domains",
                column: "organization");

            migrationBuilder.CreateIndex(
                name: "ix_mail_grants_provider",
                table: "mail_grants",
                column: "provider");

            migrationBuilder.CreateIndex(
                name: "ix_mailbox_connections_address",
                table: "mailbox_connections",
                column: "address");

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
                name: "ix_moved_interactions_interaction",
                table: "moved_interactions",
                column: "interaction");

            migrationBuilder.CreateIndex(
                name: "ix_notice_words_notice_place",
                table: "notice_words",
                columns: new[] { "notice", "place" },
                filter: "told_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notices_over_at",
                table: "notices",
                column: "over_at",
                filter: "over_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notices_owner_next_word",
                table: "notices",
                columns: new[] { "owner", "next_word" },
                filter: "over_at IS NULL AND next_word IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_nudges_conversation",
                table: "nudges",
                column: "conversation");

            migrationBuilder.CreateIndex(
                name: "ix_nudges_member_at",
                table: "nudges",
                columns: new[] { "member", "at" },
                filter: "seen_at IS NULL");

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
                name: "ix_outgoing_mails_mailbox_copy_due_at",
                table: "outgoing_mails",
                columns: new[] { "mailbox", "copy_due_at" },
                filter: "copy = 'Wanted'");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mails_mailbox_tried_at",
                table: "outgoing_mails",
                columns: new[] { "mailbox", "tried_at" });

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mails_message_id",
                table: "outgoing_mails",
                column: "message_id",
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
                name: "ix_parties_sort_name_rank_id2",
                table: "parties",
                columns: new[] { "sort_name", "rank", "id" },
                filter: "owner IS NULL AND standing IS NOT NULL");

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
                name: "ix_parties_tier_last_contact_at_rank_id",
                table: "parties",
                columns: new[] { "tier", "last_contact_at", "rank", "id" },
                descending: new[] { false, true, false, false },
                filter: "standing IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_parties_tier_sort_name_rank_id",
                table: "parties",
                columns: new[] { "tier", "sort_name", "rank", "id" },
                filter: "standing IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_parties_who_last_contact_at_rank_id",
                table: "parties",
                columns: new[] { "who", "last_contact_at", "rank", "id" },
                descending: new[] { false, true, false, false });

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
                name: "ix_presences_conversation",
                table: "presences",
                column: "conversation");

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
                name: "ix_saved_texts_shortcut",
                table: "saved_texts",
                column: "shortcut",
                unique: true,
                filter: "shortcut <> ''");

            migrationBuilder.CreateIndex(
                name: "ix_saved_views_for_sort_name",
                table: "saved_views",
                columns: new[] { "for", "sort_name" });

            migrationBuilder.CreateIndex(
                name: "ix_saved_views_owner",
                table: "saved_views",
                column: "owner");

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

            migrationBuilder.CreateIndex(
                name: "ix_team_members_member",
                table: "team_members",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "ix_teams_sort_name",
                table: "teams",
                column: "sort_name");

            migrationBuilder.CreateIndex(
                name: "ix_tellings_address",
                table: "tellings",
                column: "address",
                filter: "address <> ''");

            migrationBuilder.CreateIndex(
                name: "ix_tellings_interaction",
                table: "tellings",
                column: "interaction",
                filter: "interaction IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tellings_notice_party",
                table: "tellings",
                columns: new[] { "notice", "party" });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_event",
                table: "webhook_deliveries",
                column: "event");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_webhook_due_at",
                table: "webhook_deliveries",
                columns: new[] { "webhook", "due_at" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_events_at",
                table: "webhook_events",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_events_key",
                table: "webhook_events",
                column: "key",
                unique: true);

            // The index, which EF knows nothing of, from the dialect that uses it.
            migrationBuilder.Sql(SqliteDialect.SearchTables);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "address_reports");

            migrationBuilder.DropTable(
                name: "affiliations");

            migrationBuilder.DropTable(
                name: "answer_times");

            migrationBuilder.DropTable(
                name: "api_tokens");

            migrationBuilder.DropTable(
                name: "attachments");

            migrationBuilder.DropTable(
                name: "automatic_answers");

            migrationBuilder.DropTable(
                name: "blobs");

            migrationBuilder.DropTable(
                name: "changes");

            migrationBuilder.DropTable(
                name: "commitment_events");

            migrationBuilder.DropTable(
                name: "commitment_proposals");

            migrationBuilder.DropTable(
                name: "commitments");

            migrationBuilder.DropTable(
                name: "contact_points");

            migrationBuilder.DropTable(
                name: "conversation_moves");

            migrationBuilder.DropTable(
                name: "conversation_sharings");

            migrationBuilder.DropTable(
                name: "conversation_tags");

            migrationBuilder.DropTable(
                name: "conversation_viewers");

            migrationBuilder.DropTable(
                name: "conversations");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "dispatches");

            migrationBuilder.DropTable(
                name: "draft_files");

            migrationBuilder.DropTable(
                name: "fetched_mails");

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
                name: "learned_words");

            migrationBuilder.DropTable(
                name: "learning_forgotten");

            migrationBuilder.DropTable(
                name: "mail_domains");

            migrationBuilder.DropTable(
                name: "mail_grants");

            migrationBuilder.DropTable(
                name: "mail_providers");

            migrationBuilder.DropTable(
                name: "mail_servers");

            migrationBuilder.DropTable(
                name: "mailbox_folders");

            migrationBuilder.DropTable(
                name: "mentioned_ids");

            migrationBuilder.DropTable(
                name: "message_ids");

            migrationBuilder.DropTable(
                name: "moved_interactions");

            migrationBuilder.DropTable(
                name: "notice_words");

            migrationBuilder.DropTable(
                name: "nudges");

            migrationBuilder.DropTable(
                name: "one_time_links");

            migrationBuilder.DropTable(
                name: "outboxes");

            migrationBuilder.DropTable(
                name: "participants");

            migrationBuilder.DropTable(
                name: "parties");

            migrationBuilder.DropTable(
                name: "presences");

            migrationBuilder.DropTable(
                name: "relationships");

            migrationBuilder.DropTable(
                name: "remote_senders");

            migrationBuilder.DropTable(
                name: "rhythms");

            migrationBuilder.DropTable(
                name: "saved_texts");

            migrationBuilder.DropTable(
                name: "saved_views");

            migrationBuilder.DropTable(
                name: "serves_links");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "suppression_lifts");

            migrationBuilder.DropTable(
                name: "tags");

            migrationBuilder.DropTable(
                name: "team_members");

            migrationBuilder.DropTable(
                name: "tellings");

            migrationBuilder.DropTable(
                name: "unsubscribed");

            migrationBuilder.DropTable(
                name: "webhook_attempts");

            migrationBuilder.DropTable(
                name: "who_said");

            migrationBuilder.DropTable(
                name: "outgoing_mails");

            migrationBuilder.DropTable(
                name: "drafts");

            migrationBuilder.DropTable(
                name: "mailbox_connections");

            migrationBuilder.DropTable(
                name: "members");

            migrationBuilder.DropTable(
                name: "teams");

            migrationBuilder.DropTable(
                name: "affected");

            migrationBuilder.DropTable(
                name: "webhook_deliveries");

            migrationBuilder.DropTable(
                name: "mailboxes");

            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropTable(
                name: "webhook_events");

            migrationBuilder.DropTable(
                name: "webhooks");
        }
    }
}
