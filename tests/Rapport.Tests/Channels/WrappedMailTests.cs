using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CsCheck;
using Rapport.Channels.Mail;

namespace Rapport.Tests.Channels;

/// <summary>What comes in a wrapping of its own: winmail.dat, signed and encrypted mail, calendars.</summary>
public sealed class WrappedMailTests
{
    private const string Head = "From: Lena <lena@example.com>\r\nTo: ada@example.com\r\nSubject: Drawings\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\nMessage-ID: <wrapped@example.com>\r\nMIME-Version: 1.0\r\n";

    [Fact]
    public void The_files_in_a_winmail_dat_are_files_of_the_mail()
    {
        var mail = Read($"{Head}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHere they are.\r\n--x\r\n{Winmail()}\r\n--x--\r\n");
        Assert.Equal("Here they are.", mail.Text.Trim());
        Assert.Equal(["rev c.txt"], mail.Attachments.Select(a => a.Name));
        using var content = new StreamReader(mail.Attachments[0].Open());
        Assert.Equal("Drawing of revision C", content.ReadToEnd());
    }

    [Fact]
    public void A_mail_that_is_nothing_but_a_winmail_dat_has_its_text()
    {
        var mail = Read(Head + Winmail());
        Assert.Equal("The text within.", mail.Text.Trim());
        Assert.Equal(["rev c.txt"], mail.Attachments.Select(a => a.Name));
    }

    [Fact]
    public void A_damaged_winmail_dat_is_a_file_and_says_so()
    {
        var bytes = Tnef();
        var mail = Read($"{Head}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHere.\r\n--x\r\n{Part(bytes[..40])}\r\n--x--\r\n");
        Assert.Equal("Here.", mail.Text.Trim());
        Assert.True(mail.Attachments.Count <= 1);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Array[1, 6].Sample(changes =>
        {
            var broken = Tnef();
            foreach (var (at, value) in changes) broken[at] = value;
            Assert.Equal("Drawings", Read(Head + Part(broken)).Subject);
        }, iter: 2_000);
    }

    [Theory]
    [InlineData("multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=x", MailSeal.SignedSmime)]
    [InlineData("multipart/signed; protocol=\"application/pgp-signature\"; micalg=pgp-sha256; boundary=x", MailSeal.SignedPgp)]
    [InlineData("multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=x", MailSeal.EncryptedPgp)]
    [InlineData("multipart/mixed; boundary=x", null)]
    public void A_seal_is_known_by_what_the_mail_says_it_is(string type, MailSeal? seal)
    {
        var mail = Read($"{Head}Content-Type: {type}\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nYes.\r\n--x\r\nContent-Type: application/octet-stream\r\n\r\nAAAA\r\n--x--\r\n");
        Assert.Equal(seal, mail.Seal);
        Assert.Equal("Yes.", mail.Text.Trim());
    }

    [Fact]
    public void A_list_s_footer_around_a_signed_mail_does_not_hide_the_seal() =>
        Assert.Equal(MailSeal.SignedPgp, Read($"{Head}Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nYes.\r\n--x\r\nContent-Type: application/pgp-signature\r\n\r\nAAAA\r\n--x--\r\n--o\r\nContent-Type: text/plain\r\n\r\nList footer\r\n--o--\r\n").Seal);

    [Theory]
    [InlineData("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----", MailSeal.EncryptedPgp)]
    [InlineData("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nYes.\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----", MailSeal.SignedPgp)]
    [InlineData("He wrote \"-----BEGIN PGP MESSAGE-----\" once.", null)]
    public void Armour_in_the_text_is_a_seal_where_the_text_begins_with_it(string text, MailSeal? seal) =>
        Assert.Equal(seal, Read($"{Head}Content-Type: text/plain\r\n\r\n{text.ReplaceLineEndings("\r\n")}\r\n").Seal);

    [Fact]
    public void What_is_signed_in_one_piece_can_be_read_and_is_not_called_checked()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=Lena", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(RapportFixture.Monday.AddDays(-1), RapportFixture.Monday.AddDays(300));
        var signed = new SignedCms(new ContentInfo(Encoding.ASCII.GetBytes("Content-Type: text/plain\r\n\r\nSigned words.\r\n")));
        signed.ComputeSignature(new CmsSigner(certificate));
        var mail = Read($"{Head}Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(signed.Encode(), Base64FormattingOptions.InsertLineBreaks)}\r\n");
        Assert.Equal(("Signed words.", MailSeal.SignedSmime), (mail.Text.Trim(), mail.Seal));

        var closed = Read($"{Head}Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAG\r\n");
        Assert.Equal((MailSeal.EncryptedSmime, 1), (closed.Seal, closed.Attachments.Count));
        var damaged = Read($"{Head}Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAG\r\n");
        Assert.Equal((MailSeal.SignedSmime, 1), (damaged.Seal, damaged.Attachments.Count));
        Assert.NotEmpty(damaged.Problems);
    }

    [Fact]
    public void An_invitation_says_what_when_where_and_who()
    {
        var meeting = Invited("METHOD:REQUEST", "DTSTART;TZID=Europe/Berlin:20261203T140000\r\nDTEND;TZID=Europe/Berlin:20261203T153000\r\nRRULE:FREQ=WEEKLY;INTERVAL=2");
        Assert.Equal((InvitationMethod.Request, "Quay walk", "Berth 4, north"), (meeting.Method, meeting.What, meeting.Where));
        Assert.Equal((new DateTimeOffset(2026, 12, 3, 13, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 12, 3, 14, 30, 0, TimeSpan.Zero)), (meeting.Start!.Value.ToUniversalTime(), meeting.End!.Value.ToUniversalTime()));
        Assert.Equal("every 2 weeks", meeting.Repeats);
        Assert.Equal(new Correspondent("Lena Brandt", "lena@example.com"), meeting.Organizer);
        Assert.Equal([new("Ada", "ada@ours.example", Attendance.Unanswered), new("", "tom@example.com", Attendance.Accepted)], meeting.People);
    }

    [Theory]
    [InlineData("DTSTART:20261203T130000Z\r\nDURATION:PT1H", "2026-12-03T13:00", "2026-12-03T14:00")]
    [InlineData("DTSTART;TZID=W. Europe Standard Time:20261203T140000\r\nDTEND;TZID=W. Europe Standard Time:20261203T150000", "2026-12-03T13:00", "2026-12-03T14:00")]
    [InlineData("DTSTART;TZID=\"Nowhere/Known\":20261203T140000", "2026-12-03T19:00", null)]
    [InlineData("DTSTART:20261203T140000", "2026-12-03T19:00", null)]
    public void Times_are_read_in_whatever_zone_they_name_and_else_where_the_reader_is(string times, string start, string? end)
    {
        var meeting = Invited("METHOD:REQUEST", times);
        Assert.Equal((start, end), (Utc(meeting.Start)!, Utc(meeting.End)));

        static string? Utc(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_matter_of_days_has_days_and_no_hours()
    {
        var meeting = Invited("METHOD:CANCEL", "DTSTART;VALUE=DATE:20261203\r\nDTEND;VALUE=DATE:20261205");
        Assert.Equal((InvitationMethod.Cancel, null, new DateOnly(2026, 12, 3), new DateOnly(2026, 12, 4)), (meeting.Method, meeting.Start, meeting.FirstDay, meeting.LastDay));
    }

    [Theory]
    [InlineData(Attendance.Accepted)]
    [InlineData(Attendance.Tentative)]
    [InlineData(Attendance.Declined)]
    public void An_answer_is_a_calendar_that_calendars_read(Attendance answer)
    {
        var asked = Invited("METHOD:REQUEST", "RECURRENCE-ID;TZID=Europe/Berlin:20261203T140000\r\nDTSTART;TZID=Europe/Berlin:20261203T140000");
        Assert.True(InvitationAnswer.Write(asked, new("Ada \"the Quay\" Berg-Rosenstjernåsgård, harbour master of the northern berths", "ada@ours.example"), answer, RapportFixture.Monday).Succeeded(out var file, out _));
        Assert.All(file.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Contains("RECURRENCE-ID;TZID=Europe/Berlin:20261203T140000", file);
        var read = InvitationReader.Read(Encoding.UTF8.GetBytes(file), TimeZoneInfo.Utc)!;
        Assert.Equal((InvitationMethod.Reply, asked.Uid, 2, asked.Organizer, asked.Start!.Value.ToUniversalTime()), (read.Method, read.Uid, read.Sequence, read.Organizer, read.Start!.Value.ToUniversalTime()));
        Assert.Equal(("ada@ours.example", answer), Assert.Single(read.People) is var one ? (one.Address, one.Answer) : default);
    }

    [Fact]
    public void Only_an_invitation_takes_an_answer()
    {
        var me = new Correspondent("Ada", "ada@ours.example");
        Assert.Equal("invitation.none", InvitationAnswer.Write(Invited("METHOD:CANCEL", "DTSTART:20261203T130000Z"), me, Attendance.Accepted, RapportFixture.Monday).Refusal?.Code);
        Assert.Equal("answer.none", InvitationAnswer.Write(Invited("METHOD:REQUEST", "DTSTART:20261203T130000Z"), me, Attendance.Unanswered, RapportFixture.Monday).Refusal?.Code);
    }

    [Fact]
    public void Whatever_calls_itself_a_calendar_never_throws()
    {
        var whole = Calendar("METHOD:REQUEST", "DTSTART;TZID=Europe/Berlin:20261203T140000\r\nRRULE:FREQ=SECONDLY;COUNT=2000000000");
        Assert.NotNull(InvitationReader.Read(Encoding.UTF8.GetBytes(whole), TimeZoneInfo.Utc));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[0, whole.Length]).Sample((from, length) =>
            _ = InvitationReader.Read(Encoding.UTF8.GetBytes(whole.Remove(from, Math.Min(length, whole.Length - from))), TimeZoneInfo.Utc), iter: 300);
        Gen.String[0, 400].Sample(text => Assert.Null(InvitationReader.Read(Encoding.UTF8.GetBytes(text), TimeZoneInfo.Utc)), iter: 200);
    }

    private static Invitation Invited(string method, string times) =>
        InvitationReader.Read(Encoding.UTF8.GetBytes(Calendar(method, times)), TimeZoneInfo.FindSystemTimeZoneById("America/New_York")) ?? throw new InvalidOperationException("It was not read.");

    private static string Calendar(string method, string times) =>
        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\n{method}\r\nBEGIN:VEVENT\r\nUID:quay-1@example.com\r\nSEQUENCE:2\r\nDTSTAMP:20261120T080000Z\r\n{times}\r\nSUMMARY:Quay walk\r\nLOCATION:Berth 4\\, north\r\nORGANIZER;CN=Lena Brandt:mailto:lena@example.com\r\nATTENDEE;CN=Ada;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ada@ours.example\r\nATTENDEE;PARTSTAT=ACCEPTED:MAILTO:tom@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    private static ReadMail Read(string raw) => MailReader.Read(Encoding.UTF8.GetBytes(raw), RapportFixture.Monday);

    private static string Winmail() => Part(Tnef());

    private static string Part(byte[] bytes) => $"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)}";

    // A stream of TNEF as MS-OXTNEF describes it: a body, and one file with its title and its bytes.
    private static byte[] Tnef()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(0x223E9F78u);
        writer.Write((ushort)1);
        Attribute(1, 0x00089006, [0, 0, 1, 0]);
        Attribute(1, 0x00069007, [0xe4, 4, 0, 0, 0, 0, 0, 0]);
        Attribute(1, 0x0002800C, Encoding.ASCII.GetBytes("The text within.\0"));
        Attribute(2, 0x00069002, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Attribute(2, 0x00018010, Encoding.ASCII.GetBytes("rev c.txt\0"));
        Attribute(2, 0x0006800F, Encoding.ASCII.GetBytes("Drawing of revision C"));
        return stream.ToArray();

        void Attribute(byte level, uint tag, byte[] data)
        {
            writer.Write(level);
            writer.Write(tag);
            writer.Write(data.Length);
            writer.Write(data);
            writer.Write((ushort)data.Sum(b => b));
        }
    }
}
