using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Tests.Kernel;

public class FindTests(RapportFixture rapport) : ProductTests(rapport)
{
    private static readonly Actor Ada = new(MemberId.From(new Guid("00000000-0000-7000-8000-00000000000a")), "Ada Example", Roles.Member);
    private static readonly Actor Bo = new(MemberId.From(new Guid("00000000-0000-7000-8000-00000000000b")), "Bo Example", Roles.Member);

    [Theory]
    [InlineData("lukasz", "a name without its accents")]
    [InlineData("LÓRINCZ", "another case, other accents")]
    [InlineData("łuk lor", "beginnings of two words")]
    [InlineData("rincz-pr", "the middle of a name")]
    [InlineData("l.lorincz@przyklad", "an address that has only begun")]
    [InlineData("przyklad.example", "a domain")]
    [InlineData("030 1234-567", "a number as it is written at home")]
    [InlineData("+49 (30) 1234567", "a number as it is written abroad")]
    [InlineData("34567", "the end of a number")]
    [InlineData("4930", "the beginning of a number")]
    public async Task A_person_is_found_by(string typed, string what)
    {
        var key = await AddAsync(SearchKind.Person, "Łukasz Lőrincz-Próba", "l.lorincz@przyklad.example", "030 1234567", "+49301234567");
        Assert.True((await FindAsync(SearchKind.Person, typed)).Any(h => h.Key == key), what);
        Assert.DoesNotContain(await FindAsync(SearchKind.Organization, typed), h => h.Key == key);
    }

    [Theory]
    [InlineData("王芳", "王芳")]
    [InlineData("王芳", "芳")]
    [InlineData("山田太郎", "太郎")]
    [InlineData("Ελένη Παράδειγμα", "ελενη παρ")]
    [InlineData("Ёлкин Пример", "елкин")]
    [InlineData("محمد مثال", "محمد")]
    [InlineData("Straße GmbH", "strasse")]
    [InlineData("Jørgen Eksempel", "jorgen")]
    [InlineData("김민수", "민수")]
    [InlineData("प्रिया उदाहरण", "प्रिया")]
    [InlineData("O'Neill C++ a:b *", "o'neill c++ a:b *")]
    public async Task Names_of_every_script_are_found(string name, string typed)
    {
        var key = await AddAsync(SearchKind.Person, name);
        Assert.Contains(await FindAsync(SearchKind.Person, typed), h => h.Key == key);
        Assert.DoesNotContain(await FindAsync(SearchKind.Person, typed + " zzyzx"), h => h.Key == key);
    }

    [Fact]
    public async Task The_weightiest_of_a_kind_come_first_and_a_changed_thing_is_found_only_as_it_is_now()
    {
        var light = await AddAsync(SearchKind.Organization, "Quokka Light Example");
        var heavy = new SearchDocument(new(SearchKind.Organization, Ids.New<MemberId>(Rapport.Clock).Value), "Quokka Heavy Example", "", [], Weight: 100);
        await IndexAsync(heavy);
        Assert.Equal([heavy.Key, light], (await FindAsync(SearchKind.Organization, "quokka")).Select(h => h.Key));

        await IndexAsync(heavy with { Title = "Wombat Example", Weight = 0 });
        Assert.Equal([light], (await FindAsync(SearchKind.Organization, "quokka")).Select(h => h.Key));
        Assert.Equal([heavy.Key], (await FindAsync(SearchKind.Organization, "wombat")).Select(h => h.Key));

        await Rapport.InDatabaseAsync(db => { db.Unindex(heavy.Key); return db.SaveAsync(Ada, Ct); });
        Assert.Empty(await FindAsync(SearchKind.Organization, "wombat"));
    }

    [Fact]
    public async Task What_is_for_one_member_is_found_by_that_member_alone()
    {
        var key = new SearchKey(SearchKind.Conversation, Ids.New<MemberId>(Rapport.Clock).Value);
        await IndexAsync(new(key, "Numbat offer", "", [], OnlyFor: Ada.Id));
        Assert.Single(await FindAsync(SearchKind.Conversation, "numbat", Ada));
        Assert.Empty(await FindAsync(SearchKind.Conversation, "numbat", Bo));
        await IndexAsync(new(key, "Numbat offer", "", [], OnlyFor: Ada.Id, AlsoFor: [Bo.Id]));
        Assert.Single(await FindAsync(SearchKind.Conversation, "numbat", Bo));
    }

    [Fact]
    public async Task Messages_are_found_by_their_words_newest_first_and_page_by_page()
    {
        var moments = Enumerable.Range(0, 5).Select(i => Moments.Key(RapportFixture.Monday.AddHours(i), i)).ToList();
        await Rapport.InDatabaseAsync(db =>
        {
            foreach (var moment in moments) db.Index(new MessageText(moment, $"The bandicoot bearing no. {moment % 7} is späť"));
            return db.SaveAsync(Ada, Ct);
        });
        Assert.Equal(moments.AsEnumerable().Reverse(), await MessagesAsync("bandicoot spat", null));
        Assert.Equal([moments[1], moments[0]], await MessagesAsync("bandi", moments[2]));
        Assert.Empty(await MessagesAsync("bandicoot wallaby", null));
    }

    [Fact]
    public async Task Long_beginnings_are_found_whether_few_words_begin_so_or_very_many()
    {
        var few = await AddAsync(SearchKind.Person, "Potoroowitzkaja Example");
        Assert.Equal([few], (await FindAsync(SearchKind.Person, "potoroowitz")).Select(h => h.Key));
        Assert.Empty(await FindAsync(SearchKind.Organization, "potoroowitz"));
        await Rapport.InDatabaseAsync(db =>
        {
            for (var i = 0; i < 300; i++) db.Index(new SearchDocument(new(SearchKind.Organization, Ids.New<MemberId>(Rapport.Clock).Value), $"Bettongshire{i:000} Example", "", []));
            db.Index(new MessageText(Moments.Key(RapportFixture.Monday, 41), string.Join(' ', Enumerable.Range(0, 300).Select(i => $"pademelons{i:000}"))));
            db.Index(new MessageText(Moments.Key(RapportFixture.Monday, 42), "Pademelonsquirrel and quokkatooth"));
            return db.SaveAsync(Ada, Ct);
        });
        Assert.Equal(20, (await FindAsync(SearchKind.Organization, "bettongshi")).Count);
        Assert.Equal("Bettongshire299 Example", Assert.Single(await FindAsync(SearchKind.Organization, "bettongshire29 bettongshire299")).Title);
        Assert.Equal([Moments.Key(RapportFixture.Monday, 42), Moments.Key(RapportFixture.Monday, 41)], await MessagesAsync("pademelons", null));
        Assert.Equal([Moments.Key(RapportFixture.Monday, 42)], await MessagesAsync("quokkat", null));
    }

    [Fact]
    public async Task The_best_and_the_newest_come_first_however_many_have_a_word()
    {
        await Rapport.InDatabaseAsync(db =>
        {
            for (var i = 0; i < 5000; i++)
            {
                db.Index(new SearchDocument(new(SearchKind.Commitment, Ids.New<MemberId>(Rapport.Clock).Value), i % 50 == 0 ? $"Dunnart{i:0000} antechinus" : $"Dunnart{i:0000}", "", [], Weight: i % 100));
                if (i < 300) db.Index(new MessageText(Moments.Key(RapportFixture.Monday, 100 + i), i % 3 == 0 ? "The ningaui sleeps" : "The ningaui runs"));
            }
            return db.SaveAsync(Ada, Ct);
        });
        Assert.Equal([99, 99, 99, 99, 99], (await FindAsync(SearchKind.Commitment, "dunnart")).Take(5).Select(h => int.Parse(h.Title.AsSpan(7, 4), CultureInfo.InvariantCulture) % 100));
        Assert.Equal([.. Enumerable.Repeat(50, 20)], (await FindAsync(SearchKind.Commitment, "antechin")).Select(h => int.Parse(h.Title.AsSpan(7, 4), CultureInfo.InvariantCulture) % 100));
        Assert.Equal("Dunnart4950 antechinus", Assert.Single(await FindAsync(SearchKind.Commitment, "dunnart4950")).Title);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => Moments.Key(RapportFixture.Monday, 397 - 3 * i)), await MessagesAsync("ningaui sleeps", null));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => Moments.Key(RapportFixture.Monday, 394 - 3 * i)), await MessagesAsync("ningaui sleeps", Moments.Key(RapportFixture.Monday, 397)));
    }

    [Fact]
    public async Task A_number_in_groups_is_found_as_a_number_and_as_the_words_it_is_written_in()
    {
        var called = await AddAsync(SearchKind.Person, "Wambenger Example", "030 7654321", "+49307654321");
        var written = await AddAsync(SearchKind.Conversation, "Order 30 76 54321 of the wambengers");
        Assert.Equal([called], (await FindAsync(SearchKind.Person, "030 765 43")).Select(h => h.Key));
        Assert.Equal([called], (await FindAsync(SearchKind.Person, "765 4321")).Select(h => h.Key));
        Assert.Equal([written], (await FindAsync(SearchKind.Conversation, "30 76 54321")).Select(h => h.Key));
        Assert.Equal([written], (await FindAsync(SearchKind.Conversation, "76 54321")).Select(h => h.Key));
    }

    [Fact]
    public async Task Several_words_that_are_understood_are_not_looked_for_inside_others()
    {
        var whole = await AddAsync(SearchKind.Person, "Wylie Galah");
        await AddAsync(SearchKind.Organization, "Swyliest Galahad Example");
        Assert.Equal(whole, Assert.Single(await FindAsync(SearchKind.Person, "wylie galah")).Key);
        var both = await Rapport.InScopeAsync(s => s.GetRequiredService<FindQueries>().FindAsync([SearchKind.Person, SearchKind.Organization], SearchQuery.Parse("wylie galah"), Ada, 20, Ct));
        Assert.Empty(both[SearchKind.Organization]);
        Assert.Single(await FindAsync(SearchKind.Organization, "wylie galah"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\"")]
    [InlineData("' OR 1=1 --")]
    [InlineData("\\")]
    [InlineData("%_%")]
    [InlineData("\0\uD800")]
    public async Task Nothing_that_is_typed_breaks_the_search(string typed)
    {
        foreach (var kind in Enum.GetValues<SearchKind>()) Assert.NotNull(await FindAsync(kind, typed));
        Assert.NotNull(await MessagesAsync(typed, null));
    }

    private async Task<SearchKey> AddAsync(SearchKind kind, string title, params string[] scraps)
    {
        var key = new SearchKey(kind, Ids.New<MemberId>(Rapport.Clock).Value);
        await IndexAsync(new(key, title, "", scraps));
        return key;
    }

    private Task<Refusal?> IndexAsync(SearchDocument document) => Rapport.InDatabaseAsync(db => { db.Index(document); return db.SaveAsync(Ada, Ct); });

    private Task<IReadOnlyList<SearchHit>> FindAsync(SearchKind kind, string typed, Actor? by = null) =>
        Rapport.InScopeAsync(s => s.GetRequiredService<FindQueries>().FindAsync(kind, SearchQuery.Parse(typed), by ?? Ada, 20, Ct));

    private Task<IReadOnlyList<long>> MessagesAsync(string typed, long? before) =>
        Rapport.InScopeAsync(s => s.GetRequiredService<FindQueries>().FindMessagesAsync(SearchQuery.Parse(typed), begun: true, before, 20, Ct));
}
