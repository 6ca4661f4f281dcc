using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Acknowledging : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "acknowledgement_text",
                table: "outboxes",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "acknowledges_since",
                table: "outboxes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "answer_promised_by",
                table: "outboxes",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "automatic_answers",
                columns: table => new
                {
                    answers = table.Column<long>(type: "bigint", nullable: false),
                    mailbox = table.Column<Guid>(type: "uuid", nullable: false),
                    address = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_as = table.Column<long>(type: "bigint", nullable: true),
                    held = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_automatic_answers", x => x.answers);
                });

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "automatic_answers");

            migrationBuilder.DropColumn(
                name: "acknowledgement_text",
                table: "outboxes");

            migrationBuilder.DropColumn(
                name: "acknowledges_since",
                table: "outboxes");

            migrationBuilder.DropColumn(
                name: "answer_promised_by",
                table: "outboxes");
        }
    }
}
