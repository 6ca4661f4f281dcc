using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class DailyReminders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "escalate_to",
                table: "commitments",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "daily_reminders",
                columns: table => new
                {
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    promises = table.Column<int>(type: "integer", nullable: false),
                    interaction = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_daily_reminders", x => new { x.member, x.day });
                });

            migrationBuilder.CreateTable(
                name: "no_reminders",
                columns: table => new
                {
                    member = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_no_reminders", x => x.member);
                });

            migrationBuilder.CreateTable(
                name: "reminder_settings",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    mailbox = table.Column<Guid>(type: "uuid", nullable: true),
                    site = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reminder_settings", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_escalate_to_state_due_end",
                table: "commitments",
                columns: new[] { "escalate_to", "state", "due_end" },
                filter: "escalate_to IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_commitment_steps_due_end",
                table: "commitment_steps",
                column: "due_end",
                filter: "done_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "daily_reminders");

            migrationBuilder.DropTable(
                name: "no_reminders");

            migrationBuilder.DropTable(
                name: "reminder_settings");

            migrationBuilder.DropIndex(
                name: "ix_commitments_escalate_to_state_due_end",
                table: "commitments");

            migrationBuilder.DropIndex(
                name: "ix_commitment_steps_due_end",
                table: "commitment_steps");

            migrationBuilder.DropColumn(
                name: "escalate_to",
                table: "commitments");
        }
    }
}
