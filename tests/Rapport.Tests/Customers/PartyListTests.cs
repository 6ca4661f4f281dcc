using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;
using Rapport.Kernel.Web;

namespace Rapport.Tests.Customers;

public class PartyListTests(RapportFixture rapport) : CustomerTests(rapport)
{
    private static readonly string[] Names = ["Ada Example", "Åsa Example", "Example", "Łukasz Nowak", "Nowak", "李小龙", "O'Neill Ltd", "example", "Ünal", "Zoë Z", "zoo"];

    [Fact]
    public async Task Pages_put_together_are_the_whole_list_under_every_filter_and_order()
    {
        var everybody = await EverybodyAsync(140);
        Assert.Equal(140, everybody.Count);
        foreach (var filter in Filters())
            foreach (var sort in Enum.GetValues<PartySort>())
                foreach (var size in new[] { 3, 200 })
                {
                    var listed = await WholeAsync(filter, sort, size);
                    var expected = Sorted(everybody.Where(p => Holds(filter, p)), sort).Select(p => p.Id).ToList();
                    Assert.True(listed.SequenceEqual(expected), $"{filter} by {sort} in pages of {size}: {listed.Count} listed, {expected.Count} expected");
                }
        Assert.Contains(Filters(), f => f.Nobody && everybody.Any(p => Holds(f, p)));
    }

    [Fact]
    public async Task A_cursor_of_another_order_begins_anew_and_one_of_nobodys_making_is_refused()
    {
        await EverybodyAsync(140);
        var first = await PageAsync(new(), PartySort.Name, null, 5);
        var other = await PageAsync(new(), PartySort.Tier, first.Next, 5);
        Assert.Equal((await PageAsync(new(), PartySort.Tier, null, 5)).Items, other.Items);
        await Assert.ThrowsAsync<UnreadableRequest>(() => PageAsync(new(), PartySort.Name, "bm9uc2Vuc2U", 5));
    }

    private static IEnumerable<PartyFilter> Filters() =>
    [
        new(), new(PartyKind.Person), new(PartyKind.Organization), new(Standing: Standing.Customer), new(Tier: Tier.A), new(Tier: Tier.None), new(Owner: Ada.Id), new(Nobody: true),
        new(Pays: true), new(Pays: false), new(Internal: true), new(Internal: false), new(Archived: true), new(Who: Who.Robot), new(Name: "exa"), new(Name: "Ada Ex"), new(Name: "李"),
        new(Kind: PartyKind.Organization, Standing: Standing.Customer, Owner: Ada.Id, Pays: true), new(Tier: Tier.B, Name: "n"),
    ];

    private static bool Holds(PartyFilter f, Party p)
    {
        var hidden = p.Who is Who.Robot or Who.Private || p.Who == Who.OneOfUs && p.Standing is null;
        return p.ArchivedAt is not null == f.Archived && (f.Kind is null || f.Kind == (p is Person ? PartyKind.Person : PartyKind.Organization))
            && (f.Standing is null || p.Standing == f.Standing) && (f.Tier is null || p.Standing is not null && p.Tier == f.Tier) && (f.Owner is null || p.Owner == f.Owner)
            && (!f.Nobody || p.Owner is null && p.Standing is not (null or Standing.NotACustomer or Standing.Former)) && (f.Pays is null || p.Pays == f.Pays)
            && (f.Internal is null || p.Who == Who.OneOfUs == f.Internal) && (f.Who is { } who ? p.Who == who : f.Internal is not null || !hidden)
            && (f.Name is null || p.SortName.StartsWith(TextFold.Fold(f.Name), StringComparison.Ordinal) || p.SortName.StartsWith(PersonNames.Read(f.Name).SortKey, StringComparison.Ordinal));
    }

    private static IEnumerable<Party> Sorted(IEnumerable<Party> parties, PartySort sort) => sort switch
    {
        PartySort.Name => parties.OrderBy(p => p.SortName, StringComparer.Ordinal).ThenBy(p => p.Rank).ThenBy(p => p.Id.Value),
        PartySort.LastContact => parties.OrderByDescending(p => p.LastContactAt ?? DateTimeOffset.MinValue).ThenBy(p => p.Rank).ThenBy(p => p.Id.Value),
        PartySort.Tier => parties.OrderBy(p => p.Rank).ThenBy(p => p.SortName, StringComparer.Ordinal).ThenBy(p => p.Id.Value),
    };

    private Task<Page<PartyRow>> PageAsync(PartyFilter filter, PartySort sort, string? after, int size) => RunAsync((PartyList list) => list.ListAsync(filter, sort, after, size, Ct));

    private async Task<List<PartyId>> WholeAsync(PartyFilter filter, PartySort sort, int size)
    {
        var (all, after) = (new List<PartyId>(), (string?)null);
        do
        {
            var page = await PageAsync(filter, sort, after, size);
            all.AddRange(page.Items.Select(r => r.Id));
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    private Task<List<Party>> EverybodyAsync(int count) => Rapport.InDatabaseAsync(async db =>
    {
        if (!await db.Parties().AnyAsync(Ct))
        {
            var drawn = new List<(string Name, bool Person, Who Who, int Contact, bool Archived, int Relation)>();
            Gen.Select(Gen.Int[0, Names.Length - 1].Select(i => Names[i]), Gen.Bool, Gen.Enum<Who>(), Gen.Int[0, 4], Gen.Int[0, 9], Gen.Int[0, 200])
                .Select((n, p, w, c, a, r) => (n, p, w, c, a == 0, r)).List[count].Sample(list => { drawn = list; }, iter: 1, seed: "0N0XIzNsQ0O2");
            foreach (var one in drawn) db.Add(Make(one));
            Assert.Null(await db.SaveAsync(Ada, Ct));
        }
        return await db.Parties().AsNoTracking().ToListAsync(Ct);
    });

    private Party Make((string Name, bool Person, Who Who, int Contact, bool Archived, int Relation) one)
    {
        Rapport.Clock.Advance(TimeSpan.FromMilliseconds(3));
        var now = Rapport.Clock.GetUtcNow();
        var contact = one.Contact == 0 ? (DateTimeOffset?)null : RapportFixture.Monday.AddDays(-one.Contact);
        Party party = one.Person
            ? new Person { Id = Ids.New<PartyId>(Rapport.Clock), CreatedAt = now, Who = one.Who, LastContactAt = contact }
            : new Organization { Id = Ids.New<PartyId>(Rapport.Clock), CreatedAt = now, Who = one.Who, LastContactAt = contact };
        party.Rename(one.Name);
        if (one.Archived) party.ArchivedAt = now;
        if (one.Relation > 60)
            party.Show(new Relationship { Standing = (Standing)(one.Relation % 5), Tier = (Tier)(one.Relation / 5 % 4), Primary = one.Relation % 2 == 0, Owner = one.Relation % 3 == 0 ? Ada.Id : one.Relation % 3 == 1 ? Ben.Id : null });
        return party;
    }
}
