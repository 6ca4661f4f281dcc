using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapport.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class EveryListWalksAnIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_conversations_owner_state_last_at",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "ix_commitments_customer_state_due_end",
                table: "commitments");

            migrationBuilder.DropIndex(
                name: "ix_commitments_owner_state_due_end",
                table: "commitments");

            migrationBuilder.DropIndex(
                name: "ix_commitments_with_state_due_end",
                table: "commitments");

            migrationBuilder.AddColumn<bool>(
                name: "at_organization",
                table: "rhythms",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "ix_parties_sort_name_rank_id2",
                table: "parties",
                columns: new[] { "sort_name", "rank", "id" },
                filter: "owner IS NULL AND standing IS NOT NULL");

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
                name: "ix_conversations_owner_last_at_id",
                table: "conversations",
                columns: new[] { "owner", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_owner_state_last_at_id",
                table: "conversations",
                columns: new[] { "owner", "state", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_state_last_at_id",
                table: "conversations",
                columns: new[] { "state", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_customer_state_due_end_id",
                table: "commitments",
                columns: new[] { "customer", "state", "due_end", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_owner_closed_at_id",
                table: "commitments",
                columns: new[] { "owner", "closed_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_owner_state_due_end_id",
                table: "commitments",
                columns: new[] { "owner", "state", "due_end", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_with_state_due_end_id",
                table: "commitments",
                columns: new[] { "with", "state", "due_end", "id" });

            migrationBuilder.Sql("""UPDATE rhythms SET at_organization = true, quiet_at = NULL WHERE party IN (SELECT person FROM affiliations WHERE "until" IS NULL)""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_parties_sort_name_rank_id2",
                table: "parties");

            migrationBuilder.DropIndex(
                name: "ix_parties_tier_last_contact_at_rank_id",
                table: "parties");

            migrationBuilder.DropIndex(
                name: "ix_parties_tier_sort_name_rank_id",
                table: "parties");

            migrationBuilder.DropIndex(
                name: "ix_parties_who_last_contact_at_rank_id",
                table: "parties");

            migrationBuilder.DropIndex(
                name: "ix_conversations_last_at_id1",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_last_at_id2",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_owner_last_at_id",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_owner_state_last_at_id",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_state_last_at_id",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "ix_commitments_customer_state_due_end_id",
                table: "commitments");

            migrationBuilder.DropIndex(
                name: "ix_commitments_owner_closed_at_id",
                table: "commitments");

            migrationBuilder.DropIndex(
                name: "ix_commitments_owner_state_due_end_id",
                table: "commitments");

            migrationBuilder.DropIndex(
                name: "ix_commitments_with_state_due_end_id",
                table: "commitments");

            migrationBuilder.DropColumn(
                name: "at_organization",
                table: "rhythms");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_owner_state_last_at",
                table: "conversations",
                columns: new[] { "owner", "state", "last_at" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_customer_state_due_end",
                table: "commitments",
                columns: new[] { "customer", "state", "due_end" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_owner_state_due_end",
                table: "commitments",
                columns: new[] { "owner", "state", "due_end" });

            migrationBuilder.CreateIndex(
                name: "ix_commitments_with_state_due_end",
                table: "commitments",
                columns: new[] { "with", "state", "due_end" });
        }
    }
}
