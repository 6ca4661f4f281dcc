using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;

namespace Rapport.Tests.Conversations;

/// <summary>Who people are by their mails alone (V4), and who of them waits (V13).</summary>
public sealed class CorrespondentTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Theory]
    [InlineData("Brandt, Lena", "Lena Brandt")]
    [InlineData("\"Brandt, Lena (Sales, Hamburg)\"", "Lena Brandt")]
    [InlineData("BRANDT,LENA (Hafenwerk,ex1)", "Lena Brandt")]
    [InlineData("'Lena Brandt'", "Lena Brandt")]
    [InlineData("Lena Brandt (ext 722)", "Lena Brandt")]
    [InlineData("van der Berg, Lena", "Lena van der Berg")]
    [InlineData("Hafenwerk, Inc.", "Hafenwerk, Inc.")]
    [InlineData("lena.brandt@hafenwerk.example", "Lena Brandt")]
    [InlineData("", "Lena Brandt")]
    [InlineData("ブラント レナ", "ブラント レナ")]
    [InlineData("O'Brien, Nóra", "Nóra O'Brien")]
    public void A_person_is_called_as_people_say_it(string given, string called) =>
        Assert.Equal(called, CorrespondentName.Of(given, EmailAddresses.Read("lena.brandt@hafenwerk.example")!));

    [Fact]
    public async Task Whoever_marks_their_address_anew_each_time_is_one_person_and_a_service_s_many_are_many()
    {
        var box = await MailboxAsync(Ada, "Marks");
        await TakeAsync(box, Ada, new TestMail("mark-1", "Nils Holm <nils+week1@marks.example>"), new TestMail("mark-2", "Nils Holm <nils+week2@marks.example>"));
        await TakeAsync(box, Ada, new TestMail("mark-3", "Nils Holm <nils+week3@marks.example>"), new TestMail("mark-4", "Nils Holm <nils@marks.example>"), new TestMail("mark-5", "Vera Moor <nils+vera@marks.example>"));
        var people = await Rapport.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId!.StartsWith("mark-")).OrderBy(i => i.MessageId).Select(i => i.Author).ToListAsync(Ct));
        Assert.Single(people.Take(4).Distinct());
        Assert.NotEqual(people[0], people[4]);
    }

    [Fact]
    public async Task Whoever_came_as_a_bare_address_is_called_by_the_name_they_sign_with_and_found_by_it()
    {
        var box = await MailboxAsync(Ada, "Names", shared: true);
        await TakeAsync(box, Ada, new TestMail("name-1", "Ada Berg <ada@ours.example>", "<nquist@names.example>, <olund@names.example>, <orders@names.example>"));
        await TakeAsync(box, Ada, new TestMail("name-2", "Nora Quist <nquist@names.example>"), new TestMail("name-3", "<plund@names.example>"), new TestMail("name-4", "\"Lund, Pia\" <plund@names.example>"));
        Assert.Equal([("Nora Quist", "Quist"), ("Pia Lund", "Lund"), ("olund", null), ("orders", null)], await NamesAsync());
        var reader = await Rapport.SignedInAsync(Roles.Reader);
        Assert.Contains("Nora Quist", await reader.GetStringAsync("/api/find?q=nora+quist", Ct), StringComparison.Ordinal);

        await ChangeNameAsync("nquist", "N. Quist");
        await TakeAsync(box, Ada, new TestMail("name-5", "Nora Anders <nquist@names.example>"), new TestMail("name-6", "Somebody <olund@names.example>", "Other Name <orders@names.example>"));
        Assert.Equal(["N. Quist", "Pia Lund", "Somebody", "orders"], (await NamesAsync()).Select(n => n.Name));

        Task<List<(string Name, string? Family)>> NamesAsync() => Rapport.InDatabaseAsync(async db =>
            (await (from c in db.Set<ContactPoint>() where c.Domain == "names.example" join p in db.Set<Person>() on c.Party equals p.Id select new { p.Name, p.FamilyName }).ToListAsync(Ct))
                .OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => (p.Name, (string?)p.FamilyName)).ToList());
        Task ChangeNameAsync(string at, string to) => Rapport.InDatabaseAsync(async db =>
        {
            var person = await (from c in db.Set<ContactPoint>() where c.Value == at + "@names.example" join p in db.Set<Person>() on c.Party equals p.Id select p).SingleAsync(Ct);
            person.Rename(to);
            return await db.SaveAsync(Actor.Rapport, Ct);
        });
    }

    [Fact]
    public async Task Whom_somebody_met_in_their_own_mailbox_alone_nobody_else_is_asked_about()
    {
        await TakeAsync(await MailboxAsync(Ada, "Hers alone"), Ada, new TestMail("met-1", "Secret Suitor <suitor@met-private.example>"), new TestMail("met-2", "Both Ways <both@met-both.example>"));
        await TakeAsync(await MailboxAsync(Ada, "Everyone's", shared: true), Ada, new TestMail("met-3", "Both Ways <both@met-both.example>"), new TestMail("met-4", "Open Door <door@met-open.example>"));
        string[] met = ["Both Ways", "Open Door", "Secret Suitor"];
        Assert.Equal(met, await NewAsync(Ada));
        Assert.Equal(met[..2], await NewAsync(Ben));
        Assert.InRange(await CountAsync(Ben), 2, await CountAsync(Ada) - 1);

        var ben = await Rapport.SignedInAsync(Roles.Member);
        foreach (var path in new[] { "/api/correspondents?size=200", "/who-is-it" })
        {
            var page = await ben.GetStringAsync(path, Ct);
            Assert.Contains("Open Door", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Secret Suitor", page, StringComparison.Ordinal);
        }

        async Task<IEnumerable<string>> NewAsync(Actor by) =>
            (await WithAsync<CorrespondentQueries, IReadOnlyList<NewDomain>>(q => q.NewCorrespondentsAsync(200, by, Ct))).SelectMany(d => d.People).Select(p => p.Name).Intersect(met).Order();
        Task<int> CountAsync(Actor by) => WithAsync<CorrespondentQueries, int>(q => q.CountAsync(1_000, by, Ct));
    }

    [Fact]
    public async Task Whoever_wrote_to_somebody_alone_is_found_by_them_however_many_wrote_more_to_others()
    {
        await Rapport.InDatabaseAsync(async db =>
        {
            for (var i = 0; i < 1_300; i++)
            {
                var stranger = new Person { Id = Ids.New<PartyId>(Rapport.Clock), Who = Who.Unknown, CreatedAt = RapportFixture.Monday, MessagesBeforeJudged = 50, FirstWroteAt = RapportFixture.Monday };
                stranger.Rename($"Stranger {i}");
                db.Add(stranger);
            }
            Assert.Null(await db.SaveAsync(Actor.Rapport, Ct));
            return true;
        });
        await TakeAsync(await MailboxAsync(Ben, "His alone"), Ben, new TestMail("seldom-1", "Seldom Writer <seldom@met-seldom.example>", "Ben Moss <ben@ours.example>"));
        Assert.Contains("Seldom Writer", await NamesAsync(Ben));
        Assert.DoesNotContain("Seldom Writer", await NamesAsync(Ada));
        // They would stand before whoever another test meets.
        await Rapport.InDatabaseAsync(db => db.Set<Person>().Where(p => p.Name.StartsWith("Stranger ")).ExecuteDeleteAsync(Ct));

        async Task<IEnumerable<string>> NamesAsync(Actor by) => (await WithAsync<CorrespondentQueries, IReadOnlyList<NewDomain>>(q => q.NewCorrespondentsAsync(200, by, Ct))).SelectMany(d => d.People).Select(p => p.Name);
    }

    [Fact]
    public async Task Nobody_is_made_of_a_list_s_own_address()
    {
        var box = await MailboxAsync(Ada, "Lists");
        await TakeAsync(box, Ada, new TestMail("own-1", "Ada Berg <ada@ours.example>", "pump-users@lists.example.net, Rita Vale <rita@lists.example.net>"));
        Assert.True(await Rapport.InDatabaseAsync(db => db.Set<ContactPoint>().AnyAsync(c => c.Value == "rita@lists.example.net", Ct)));
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<ContactPoint>().AnyAsync(c => c.Value == "pump-users@lists.example.net", Ct)));
    }

    [Fact]
    public async Task On_a_list_they_answer_each_other()
    {
        string[] list = ["List-Id: <harbour.ours.example>", "List-Post: <mailto:harbour@ours.example>"];
        var box = await MailboxAsync(Ada, "List");
        await TakeAsync(box, Ada, new TestMail("list-1", "Rolf <rolf@one.example>", "harbour@ours.example") { More = list, Text = "Which pump is the best?" });
        Assert.NotNull((await ConversationOfAsync("list-1")).WaitingSince);
        await TakeAsync(box, Ada, new TestMail("list-2", "Rolf <rolf@one.example>", "harbour@ours.example") { More = list, InReplyTo = ["list-1"], Text = "For salt water, I mean.", Date = RapportFixture.Monday.AddDays(-2) });
        Assert.NotNull((await ConversationOfAsync("list-1")).WaitingSince);
        await TakeAsync(box, Ada, new TestMail("list-3", "Sten <sten@two.example>", "harbour@ours.example") { More = list, InReplyTo = ["list-2"], Text = "The blue one.", Date = RapportFixture.Monday.AddDays(-1) });
        Assert.Null((await ConversationOfAsync("list-1")).WaitingSince);
    }

    [Theory]
    [InlineData("Hello.\nSee http://www.pumps.example/list. Which of www.pumps.example and 7.2 do you mean? Thanks.", "Which of www.pumps.example and 7.2 do you mean?")]
    [InlineData("I tried version 7. Why?", "I tried version 7. Why?")]
    [InlineData("> May I ask something?\nYes.\n\nCould you send the plan?", "Could you send the plan?")]
    public void What_is_asked_is_shown_in_its_whole_sentence(string text, string shown) => Assert.Equal(shown, ConversationRows.Question(text));
}
