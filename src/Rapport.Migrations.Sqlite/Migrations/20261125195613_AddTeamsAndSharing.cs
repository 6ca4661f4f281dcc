using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Sqlite.Migrations
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

            migrationBuilder.AddColumn<byte[]>(
                name: "team",
                table: "mailboxes",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "visibility",
                table: "mailboxes",
                type: "TEXT",
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
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "private",
                table: "interactions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "outlined",
                table: "conversations",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            // What was written down for its writer alone, and not read from a mailbox, is a private note.
            migrationBuilder.Sql("UPDATE interactions SET private = TRUE WHERE only_for IS NOT NULL AND intake IS NULL");

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

            migrationBuilder.AddColumn<long>(
                name: "shared_at",
                table: "mailboxes",
                type: "INTEGER",
                nullable: true);
        }
    }
}
