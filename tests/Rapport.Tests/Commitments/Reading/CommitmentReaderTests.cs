using System.Text.Json;
using CsCheck;
using Rapport.Commitments;
using Rapport.Commitments.Reading;
using Rapport.Kernel.Calendar;

namespace Rapport.Tests.Commitments.Reading;

public class CommitmentReaderTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly DueContext Monday = new(new(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(1)), Berlin, BusinessCalendar.Standard(Berlin));

    private static readonly string[] Pieces = ["I", "'", " ", "will ", "send ", "you ", ". ", "\n", "\0", "ß", "會", "\uD83D", "\uDE00", "\"", ">", "14", "if ", "ich ", "? ", "wordwithoutend"];

    [Theory]
    [InlineData("I'll send you the drawings by Friday.", PromiseKind.Document, "2026-11-27")]
    [InlineData("We will call you back on Thursday.", PromiseKind.CallBack, "2026-11-26")]
    [InlineData("Our technician will be there on 4 December.", PromiseKind.Date, "2026-12-04")]
    [InlineData("We will refund the freight within two working days.", PromiseKind.Price, "2026-11-25")]
    [InlineData("I will make sure that nobody cuts the line before Friday.", PromiseKind.Behaviour, "2026-11-26")]
    [InlineData("Ich schicke Ihnen den Vertrag bis Freitag.", PromiseKind.Document, "2026-11-27")]
    [InlineData("Wir liefern die Pumpen am 4. Dezember.", PromiseKind.Date, "2026-12-04")]
    [InlineData("Ich gebe Ihnen bis Ende der Woche Bescheid.", PromiseKind.Answer, "2026-11-27")]
    [InlineData("Je vous enverrai le devis d'ici vendredi.", PromiseKind.Document, "2026-11-27")]
    [InlineData("Nous livrerons les pompes le 4 décembre.", PromiseKind.Date, "2026-12-04")]
    public void A_future_act_of_the_speaker_for_the_hearer_is_one_with_its_kind_and_its_date(string sentence, PromiseKind kind, string due)
    {
        var read = Single(sentence);
        Assert.True(read.IsCommitment, sentence);
        Assert.Equal(kind, read.Kind);
        Assert.Equal(due, read.DueAhead?.End.ToString("yyyy-MM-dd", null));
        Assert.Contains(read.DueAhead!.Words, sentence);
    }

    [Theory]
    [InlineData("If you send me the number, I'll call you."), InlineData("I can send you the drawings if you like."), InlineData("I hope we will deliver on Friday.")]
    [InlineData("Will you send me the drawings by Friday?"), InlineData("I won't be able to send the drawings by Friday."), InlineData("He said they will send the drawings on Friday.")]
    [InlineData("I sent you the drawings on Friday."), InlineData("Attached are the drawings, as I will explain below."), InlineData("Perhaps we will deliver on Friday.")]
    [InlineData("> I will send you the drawings by Friday."), InlineData("The drawings are due on Friday."), InlineData("I will be on holiday until Friday.")]
    [InlineData("Wenn Sie mir die Nummer schicken, rufe ich Sie an."), InlineData("Wir können leider nicht vor März liefern."), InlineData("Si vous m'envoyez le plan, je vous appellerai."), InlineData("Nous ne livrerons pas avant mars.")]
    public void A_condition_an_offer_a_wish_a_question_a_refusal_a_report_the_past_and_a_quote_are_none(string sentence) =>
        Assert.DoesNotContain(CommitmentReader.Read(sentence, Monday), s => s.IsCommitment);

    [Fact]
    public void The_words_that_weighed_are_named()
    {
        var read = Single("Thanks, I'll send you the drawings by Friday.");
        Assert.Contains(read.Because, w => w is { Words: "send", Weight: > 0 });
        Assert.Contains(read.Because, w => w is { Words: "by Friday", Weight: > 0 });
        Assert.Contains(Single("I'll send you the drawings by Friday if they pay.").Because, w => w is { Words: "if", Weight: < 0 });
    }

    [Theory]
    [InlineData("Dear Ada,\r\nI will call.\r\nThanks\r\n\r\n-- \r\nBen", "Dear Ada,|I will call.|Thanks|Ben")]
    [InlineData("Am 14. Dezember z. B. liefern wir. Danke.", "Am 14. Dezember z. B. liefern wir.|Danke.")]
    [InlineData("Mr. Example said no! Really?! Yes.", "Mr. Example said no!|Really?!|Yes.")]
    [InlineData("A list:\n- one thing\n- another", "A list:|one thing|another")]
    [InlineData("我会发送。谢谢！", "我会发送。|谢谢！")]
    [InlineData("This line is long enough to have been wrapped by a program\nand goes on here.", "This line is long enough to have been wrapped by a program\nand goes on here.")]
    [InlineData("\0\0 \r\n", "")]
    public void Sentences_end_where_their_writer_ended_them(string text, string sentences) =>
        Assert.Equal(sentences, string.Join('|', CommitmentReader.Read(text, Monday).Select(s => s.Text)));

    [Fact]
    public void Each_sentence_says_where_it_stands_whatever_the_text() => Gen.Int[0, Pieces.Length - 1].Array[0, 120].Select(chosen => string.Concat(chosen.Select(i => Pieces[i]))).Sample(text =>
    {
        var end = 0;
        foreach (var read in CommitmentReader.Read(text, Monday))
        {
            Assert.True(read.Start >= end && read.Text.Length is > 0 and <= Sentences.Longest + 1);
            Assert.Equal(text.Substring(read.Start, read.Text.Length), read.Text);
            Assert.InRange(read.Probability, 0, 1);
            end = read.Start + read.Text.Length;
        }
    }, iter: 200);

    [Theory]
    [InlineData("I will send it to you by Friday if "), InlineData("a"), InlineData("I'll'"), InlineData("by 3/4 on Monday at 5 "), InlineData("\0"), InlineData("“« I will "), InlineData("14. "), InlineData("I will\r\n"), InlineData("ich "), InlineData("jusqu'au 15 ")]
    public void A_text_that_never_ends_is_read_in_time_that_grows_with_its_length(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, CommitmentReader.LongestText / part.Length));
        var began = TimeProvider.System.GetTimestamp();
        var sentences = CommitmentReader.Read(text, Monday).Count();
        // A hundredth of a second a sentence on a busy machine: many times what it takes, and far from what a step back in every word would.
        Assert.True(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds < 2_000 + 10 * sentences);
    }

    [Theory]
    [InlineData("Спасибо за звонок."), InlineData("Ευχαριστώ για την κλήση."), InlineData("شكرا على مكالمتك."), InlineData("תודה על השיחה."), InlineData("कॉल के लिए धन्यवाद।"), InlineData("感谢您的来电。"), InlineData("お電話ありがとうございます。")]
    [InlineData("전화해 주셔서 감사합니다."), InlineData("ขอบคุณสำหรับการโทร"), InlineData("გმადლობთ ზარისთვის."), InlineData("Շնորհակալություն զանգի համար։"), InlineData("👍🏽🇪🇺👨‍👩‍👧‍👦 e\u0301\u0323")]
    public void In_a_text_of_any_script_a_promise_is_found_where_it_stands(string thanks)
    {
        var text = $"{thanks}\nI'll send you the drawings by Friday.\n{thanks}";
        var read = Assert.Single(CommitmentReader.Read(text, Monday), s => s.IsCommitment);
        Assert.Equal(("I'll send you the drawings by Friday.", "2026-11-27"), (text.Substring(read.Start, read.Text.Length), read.DueAhead?.End.ToString("yyyy-MM-dd", null)));
    }

    [Theory]
    [InlineData("I will send it by 31 February."), InlineData("I'll send it to you soon.")]
    public void A_date_that_does_not_exist_or_is_none_is_not_made_up(string sentence) => Assert.Null(Single(sentence).DueAhead);

    [Fact]
    public void Inspect_answers_each_line_with_one_object()
    {
        var output = new StringWriter();
        Assert.Equal(0, InspectCommitments.Run(new StringReader("I'll send \"it\" by Friday.\n\nCould you send it?"), output, Side.TheirsToUs, Monday));
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal([1, 2, 3], lines.Select(l => l.GetProperty("line").GetInt32()));
        Assert.Equal([true, false, false], lines.Select(l => l.GetProperty("commitment").GetBoolean()));
        Assert.Equal("2026-11-27T17:00:00+01:00", lines[0].GetProperty("due").GetProperty("end").GetString());
        Assert.Equal("document", lines[0].GetProperty("kind").GetString());
        Assert.Equal(JsonValueKind.Null, lines[1].GetProperty("due").ValueKind);
        Assert.NotEqual(0, lines[0].GetProperty("because").GetArrayLength());
    }

    private static ReadSentence Single(string text) => Assert.Single(CommitmentReader.Read(text, Monday));
}
