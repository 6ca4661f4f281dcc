using Rapport.Channels;
using Rapport.Channels.Mail;
using Rapport.Kernel.Installation;

namespace Rapport.Tests.Sending;

/// <summary>By its marks our own mail is known again, and what somebody made up is not (V3).</summary>
public sealed class OurMarksTests
{
    private const string Ours = "sales@harbourline.example";

    private static readonly OurMarks Marks = Of(1);

    [Fact]
    public void A_mark_is_known_in_a_message_id_and_behind_the_plus_of_an_address_in_any_case()
    {
        var mark = Marks.New();
        Assert.True(Marks.Made(OurMarks.MessageId(mark, Ours)));
        var read = Marks.Check(Mail() with { To = [new("Sales", OurMarks.ReplyAddress(mark, Ours)!.ToUpperInvariant())] }, out var forged);
        Assert.Equal((0, OurMarks.MessageId(mark, Ours)), (forged, read.Answers));
        Assert.Equal(Ours, read.To[0].Address, ignoreCase: true);
    }

    [Fact]
    public void A_wrong_hash_is_counted_and_leads_nowhere()
    {
        var mark = Marks.New();
        var wrong = mark[..^1] + (mark[^1] == 'a' ? 'b' : 'a');
        Assert.False(Marks.Made(OurMarks.MessageId(wrong, Ours)));
        var read = Marks.Check(Mail() with { InReplyTo = [OurMarks.MessageId(wrong, Ours), "other@customer.example"], References = ["first@customer.example", OurMarks.MessageId(wrong, Ours)], To = [new("", OurMarks.ReplyAddress(wrong, Ours)!)] }, out var forged);
        Assert.Equal(2, forged);
        Assert.Null(read.Answers);
        Assert.Equal(["other@customer.example"], read.InReplyTo);
        Assert.Equal(["first@customer.example"], read.References);
    }

    [Fact]
    public void In_a_text_and_between_brackets_in_a_subject_a_mark_is_known_and_a_made_up_one_is_counted()
    {
        var (mark, other) = (Marks.New(), Marks.New());
        var wrong = other[..^1] + (other[^1] == 'a' ? 'b' : 'a');
        var read = Marks.Check(Mail() with { Text = $"Yes.\n> Ref: {mark.ToUpperInvariant()}\n> Ref: {mark}\nRef: {wrong}\nRef: {Of(2).New()}", Subject = $"Re: Quay [{other}] {Marks.New()} [{wrong}]" }, out var forged);
        Assert.Equal([OurMarks.MessageId(mark, Ours)], read.MarkedInText);
        Assert.Equal([OurMarks.MessageId(other, Ours)], read.MarkedInSubject);
        Assert.Equal(1, forged);
    }

    [Fact]
    public void What_another_installation_signed_is_somebodys_own_and_stays()
    {
        var theirs = OurMarks.MessageId(Of(2).New(), "info@customer.example");
        var mail = Mail() with { InReplyTo = [theirs] };
        Assert.Same(mail, Marks.Check(mail, out var forged));
        Assert.Equal(0, forged);
    }

    [Fact]
    public void No_two_marks_are_alike_and_an_address_without_room_bears_none()
    {
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Marks.New()).Distinct().Count());
        Assert.Null(OurMarks.ReplyAddress(Marks.New(), new string('a', 30) + "@harbourline.example"));
    }

    private static OurMarks Of(byte key) => new(new OurInstallation { SigningKey = [.. Enumerable.Repeat(key, 32)], MailDomains = ["harbourline.example"] });

    private static ReadMail Mail() => new() { MessageId = "answer@customer.example", ContentHash = "" };
}
