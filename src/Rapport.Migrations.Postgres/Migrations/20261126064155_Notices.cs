using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Notices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    severity = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false),
                    affects = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    means = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    we_do = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    began = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expected_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    confidence = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    next_word = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    promise = table.Column<Guid>(type: "uuid", nullable: true),
                    mailbox = table.Column<Guid>(type: "uuid", nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: false),
                    site = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    over_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    words = table.Column<int>(type: "integer", nullable: false),
                    said_once = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "unsubscribed",
                columns: table => new
                {
                    address = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    topic = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_unsubscribed", x => new { x.address, x.topic, x.channel });
                });

            migrationBuilder.CreateTable(
                name: "affected",
                columns: table => new
                {
                    notice = table.Column<Guid>(type: "uuid", nullable: false),
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    last_place = table.Column<int>(type: "integer", nullable: false)
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
                    notice = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    words = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    expected_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    confidence = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    next_word = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    tier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    standing = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    owned_by = table.Column<Guid>(type: "uuid", nullable: true),
                    pays = table.Column<bool>(type: "boolean", nullable: true),
                    organization = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    resolved_to = table.Column<Guid>(type: "uuid", nullable: true),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    told_to = table.Column<Guid>(type: "uuid", nullable: true),
                    told_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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
                name: "tellings",
                columns: table => new
                {
                    notice = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    party = table.Column<Guid>(type: "uuid", nullable: false),
                    interaction = table.Column<long>(type: "bigint", nullable: true),
                    address = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    not_told = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    why = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    cancelled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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

            migrationBuilder.CreateIndex(
                name: "ix_affected_party",
                table: "affected",
                column: "party");

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notice_words");

            migrationBuilder.DropTable(
                name: "tellings");

            migrationBuilder.DropTable(
                name: "unsubscribed");

            migrationBuilder.DropTable(
                name: "affected");

            migrationBuilder.DropTable(
                name: "notices");
        }
    }
}
