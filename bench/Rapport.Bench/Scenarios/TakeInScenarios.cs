using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Demo;
using Rapport.Kernel.Database;

namespace Rapport.Bench;

/// <summary>A folder with a database that was set up and is otherwise empty, and whatever file is to be taken in.</summary>
internal static class EmptyInstallation
{
    public static async Task<IReadOnlyList<Measured>> TakeInAsync(Settings settings, string what, string name, Action<TextWriter> write, int count, string[] more, CancellationToken ct)
    {
        var folder = settings.Data ?? Directory.CreateTempSubdirectory("rapport-bench-").FullName;
        try
        {
            if (settings.Data is null) await GenerateCommand.SettleAsync(DatabaseAddress.Of(settings.Database, folder), ct);
            var file = Path.Combine(folder, name);
            await using (var writer = new StreamWriter(file, false, new UTF8Encoding(false)) { NewLine = "\n" }) write(writer);
            await using var services = GenerateCommand.Services(DatabaseAddress.Of(settings.Database, folder));
            var tenths = settings.Tenths ? new Tenths(what, count, () => CountAsync(services, ct)) : null;
            var (took, cpu, peak) = await RealProgram.RunAsync(settings, folder, ["import", file, "--yes", "--as", Plan.Star, .. more], tenths, ct);
            File.Delete(file);
            return [.. tenths?.Rows ?? [], new(what, count, 0, 0, 0, count / took.TotalSeconds, cpu.TotalMilliseconds / count, peak)];
        }
        finally
        {
            if (settings.Data is null) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> CountAsync(ServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RapportDb>().Set<Intake>().CountAsync(ct);
    }
}

/// <summary>People from CSV.</summary>
internal sealed class ImportScenario : IScenario
{
    public async Task<IReadOnlyList<Measured>> RunAsync(Settings settings, CancellationToken ct) =>
        await EmptyInstallation.TakeInAsync(settings with { Tenths = false }, "rows of CSV", "bench-people.csv", writer => Write(writer, settings.Count), settings.Count, [], ct);

    private static readonly string[] Cities = ["Bremen", "Lyon", "Gdańsk", "Malmö", "Porto", "Zürich", "Cork"], Tiers = ["A", "B", "C", "", ""];

    private static void Write(TextWriter writer, int count)
    {
        var society = new Society(new Plan(count * 20 / 17 + 20, 0, TimeProvider.System.GetUtcNow()));
        writer.WriteLine("Given name;Family name;Organisation;E-mail;Telephone;Title;City;Owner;Tier");
        for (var i = 0; i < count; i++)
        {
            var party = society.Organizations + i;
            var (given, family, _, _, address) = society.Person(party);
            var place = society.PlaceOfPerson(party);
            writer.WriteLine($"{given};{family};{(place < 0 ? "" : Society.Organization(place).Name)};{address};{Society.TelephoneOf(party)};{(i % 3 == 0 ? "Buyer" : "Engineer")};{Cities[i % Cities.Length]};{(place % 3 == 0 ? Plan.Star : "")};{(place >= 0 ? Tiers[place % Tiers.Length] : "")}");
        }
    }
}

/// <summary>Mails from a mailbox.</summary>
internal sealed class IntakeScenario : IScenario
{
    public Task<IReadOnlyList<Measured>> RunAsync(Settings settings, CancellationToken ct) =>
        EmptyInstallation.TakeInAsync(settings, "mails", "bench-mail.mbox", writer => Write(writer, settings.Count), settings.Count, ["--ours", "bench.example"], ct);

    // Threads of a few mails, half of them ours, with quoted history, signatures, some HTML and now and then a file.
    private static void Write(TextWriter writer, int count)
    {
        var plan = new Plan(Math.Max(100, count / 4), count, TimeProvider.System.GetUtcNow());
        var society = new Society(plan);
        var life = new Life(plan, society);
        for (var i = 0; i < count; i++)
        {
            var talk = life.Talks[life.Said[i].Conversation];
            var (person, ours, at) = (society.Person(talk.Person), life.Said[i].Direction != Conversations.Direction.Inbound, life.At(i).ToString("R", CultureInfo.InvariantCulture));
            var (them, us) = ($"{Encoded(person.Name)} <{person.Address}>", $"{Cast.NameOf(talk.Member)} <{Cast.EmailOf(talk.Member)}>");
            var dice = Chance.Of(Matter.Mail, i);
            writer.WriteLine($"From mail@bench.example {life.At(i):ddd MMM dd HH:mm:ss yyyy}");
            writer.WriteLine($"Received: from mx.people.example (mx.people.example [192.0.2.{i % 250}])\n\tby mail.bench.example with ESMTPS id {i:x8}; {at}");
            writer.WriteLine($"Message-ID: <{Id(i)}>\nDate: {at}\nFrom: {(ours ? us : them)}\nTo: {(ours ? them : us)}\nSubject: {(talk.First == i ? "" : "Re: ")}{Prose.Subject(Chance.Of(Matter.Conversation, talk.Number))}");
            if (talk.First != i) writer.WriteLine($"In-Reply-To: <{Id(talk.First)}>\nReferences: <{Id(talk.First)}>");
            Body(writer, dice, Prose.Message(Chance.Of(Matter.Message, i), person.Tongue.Language, life.Said[i].Asks), talk.First != i ? Prose.Message(Chance.Of(Matter.Message, talk.First), person.Tongue.Language, false) : null, ours ? Cast.NameOf(talk.Member) : person.Name);
        }
    }

    private static void Body(TextWriter writer, Dice dice, string text, string? before, string name)
    {
        var said = new StringBuilder(text).Append($"\n\nKind regards\n{name}\n-- \n{name}\n");
        if (before is not null) said.Append("\nOn Monday, somebody wrote:\n> ").Append(before.Replace("\n", "\n> ", StringComparison.Ordinal)).Append('\n');
        var kind = dice.Below(10);
        writer.Write("MIME-Version: 1.0\nX-Mailer: Sample\n");
        if (kind < 5) writer.Write($"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{said}\n");
        else if (kind < 9)
            writer.Write($"Content-Type: multipart/alternative; boundary=\"b\"\n\n--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{said}\n--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n<html><body><p>{said.ToString().Replace("\n", "<br>", StringComparison.Ordinal)}</p></body></html>\n--b--\n");
        else
            writer.Write($"Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{said}\n--b\nContent-Type: application/pdf; name=\"offer.pdf\"\nContent-Disposition: attachment; filename=\"offer.pdf\"\nContent-Transfer-Encoding: base64\n\n{Lines(Convert.ToBase64String(Bytes(dice, dice.Between(2_000, 80_000))))}\n--b--\n");
        writer.Write('\n');
    }

    private static string Id(int number) => $"{number:x8}.sample@mail.example";

    private static string Encoded(string name) => System.Text.Ascii.IsValid(name) ? name : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}?=";

    private static byte[] Bytes(Dice dice, int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i + 8 <= length; i += 8) BitConverter.TryWriteBytes(bytes.AsSpan(i), dice.Next());
        return bytes;
    }

    private static string Lines(string base64) => string.Join('\n', base64.Chunk(76).Select(line => new string(line)));
}
