using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class AddTeamsAndSharing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "member",
                table: "interaction_viewers",
                newName: "reader");

            migrationBuilder.RenameColumn(
                name: "member",
                table: "conversation_viewers",
                newName: "reader");

            migrationBuilder.AddColumn<Guid>(
                name: "team",
                table: "mailboxes",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "visibility",
                table: "mailboxes",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Owner");

            migrationBuilder.Sql("UPDATE mailboxes SET visibility = 'Everyone' WHERE shared_at IS NOT NULL");

            migrationBuilder.DropColumn(
                name: "shared_at",
                table: "mailboxes");

            migrationBuilder.AddColumn<bool>(
                name: "outlined",
                table: "interactions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "private",
                table: "interactions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "outlined",
                table: "conversations",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // What was written down for its writer alone, and not read from a mailbox, is a private note.
            migrationBuilder.Sql("UPDATE interactions SET private = TRUE WHERE only_for IS NOT NULL AND intake IS NULL");

            migrationBuilder.CreateTable(
                name: "conversation_sharings",
                columns: table => new
                {
                    conversation = table.Column<Guid>(type: "uuid", nullable: false),
                    owner = table.Column<Guid>(type: "uuid", nullable: false),
                    visibility = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    team = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_sharings", x => new { x.conversation, x.owner });
                });

            migrationBuilder.CreateTable(
                name: "teams",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    sort_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    formed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    disbanded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_teams", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "team_members",
                columns: table => new
                {
                    team = table.Column<Guid>(type: "uuid", nullable: false),
                    member = table.Column<Guid>(type: "uuid", nullable: false)
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

            migrationBuilder.CreateIndex(
                name: "ix_team_members_member",
                table: "team_members",
                column: "member");

            migrationBuilder.CreateIndex(
                name: "ix_teams_sort_name",
                table: "teams",
                column: "sort_name");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "conversation_sharings");

            migrationBuilder.DropTable(
                name: "team_members");

            migrationBuilder.DropTable(
                name: "teams");

            migrationBuilder.DropColumn(
                name: "team",
                table: "mailboxes");

            migrationBuilder.DropColumn(
                name: "visibility",
                table: "mailboxes");

            migrationBuilder.DropColumn(
                name: "outlined",
                table: "interactions");

            migrationBuilder.DropColumn(
                name: "private",
                table: "interactions");

            migrationBuilder.DropColumn(
                name: "outlined",
                table: "conversations");

            migrationBuilder.RenameColumn(
                name: "reader",
                table: "interaction_viewers",
                newName: "member");

            migrationBuilder.RenameColumn(
                name: "reader",
                table: "conversation_viewers",
                newName: "member");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "shared_at",
                table: "mailboxes",
                type: "timestamp with time zone",
                nullable: true);
        }
    }
}
