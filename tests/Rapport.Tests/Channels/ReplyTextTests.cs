using CsCheck;
using Rapport.Channels.Mail;

namespace Rapport.Tests.Channels;

public class ReplyTextTests
{
    // Seconds: linear work takes far less even on a machine under load, quadratic work minutes.
    private const int HangsBeyond = 30;

    [Theory]
    [InlineData("On Mon, Mar 7, 2016 at 10:15 AM, Ada Example <ada@example.com> wrote:")]
    [InlineData("Am 07.03.2016 um 10:15 schrieb Ada Example <ada@example.com>:")]
    [InlineData("Ada Example <ada@example.com> schrieb am Mo., 7. März 2016 um 10:15:")]
    [InlineData("Le lun. 7 mars 2016 à 10:15, Ada Example <ada@example.com> a écrit :")]
    [InlineData("El lun., 7 mar. 2016 10:15, Ada Example <ada@example.com> escribió:")]
    [InlineData("Il giorno lun 7 mar 2016 alle ore 10:15 Ada Example <ada@example.com> ha scritto:")]
    [InlineData("Op ma 7 mrt. 2016 om 10:15 schreef Ada Example <ada@example.com>:")]
    [InlineData("Em seg, 7 de mar de 2016 às 10:15, Ada Example <ada@example.com> escreveu:")]
    [InlineData("pon., 7 mar 2016 o 10:15 Ada Example <ada@example.com> napisał(a):")]
    [InlineData("Den mån 7 mars 2016 kl 10:15 skrev Ada Example <ada@example.com>:")]
    [InlineData("man. 7. mar. 2016 kl. 10:15 skrev Ada Example <ada@example.com>:")]
    [InlineData("ma 7. maalisk. 2016 klo 10.15 Ada Example (ada@example.com) kirjoitti:")]
    [InlineData("пн, 7 мар. 2016 г. в 10:15, Ada Example <ada@example.com>:")]
    [InlineData("7 марта 2016 г., 10:15 пользователь Ada Example <ada@example.com> написал:")]
    [InlineData("po 7. 3. 2016 v 10:15 odesílatel Ada Example <ada@example.com> napsal:")]
    [InlineData("Ada Example <ada@example.com>, 7 Mar 2016 Pzt, 10:15 tarihinde şunu yazdı:")]
    [InlineData("2016年3月7日(月) 10:15 Ada Example <ada@example.com>:")]
    [InlineData("Ada Example <ada@example.com> 于2016年3月7日周一 上午10:15写道：")]
    [InlineData("2016년 3월 7일 (월) 오전 10:15, Ada Example <ada@example.com>님이 작성:")]
    [InlineData("Ada Example <ada@example.com> ezt írta (időpont: 2016. márc. 7., H, 10:15):")]
    [InlineData("Vào 10:15, Th 2, 7 thg 3, 2016 Ada Example <ada@example.com> đã viết:")]
    [InlineData("2016-03-07 10:15 GMT+01:00 Ada Example <ada@example.com>:")]
    public void The_introduction_of_a_quote_is_known_in_many_languages(string introduction)
    {
        var unmarked = ReplyText.Split($"The answer.\n\n{introduction}\n\nThe question?");
        Assert.Equal(("The answer.", $"{introduction}\n\nThe question?"), (unmarked.Reply, unmarked.Quoted));
        var marked = ReplyText.Split($"The answer.\n\n{introduction}\n> The question?\n");
        Assert.Equal("The answer.", marked.Reply);
    }

    [Theory]
    [InlineData("From: Ada Example\nSent: Monday, 7 March 2016 10:15\nTo: Bob Example\nSubject: Pumps")]
    [InlineData("Von: Ada Example\nGesendet: Montag, 7. März 2016 10:15\nAn: Bob Example\nBetreff: Pumpen")]
    [InlineData("De : Ada Example\nEnvoyé : lundi 7 mars 2016 10:15\nÀ : Bob Example\nObjet : Pompes")]
    [InlineData("De: Ada Example\nEnviado el: lunes, 7 de marzo de 2016 10:15\nPara: Bob Example\nAsunto: Bombas")]
    [InlineData("Van: Ada Example\nVerzonden: maandag 7 maart 2016 10:15\nAan: Bob Example\nOnderwerp: Pompen")]
    [InlineData("Od: Ada Example\nWysłano: poniedziałek, 7 marca 2016 10:15\nDo: Bob Example\nTemat: Pompy")]
    [InlineData("Från: Ada Example\nSkickat: den 7 mars 2016 10:15\nTill: Bob Example\nÄmne: Pumpar")]
    [InlineData("Lähettäjä: Ada Example\nLähetetty: 7. maaliskuuta 2016 10:15\nVastaanottaja: Bob Example\nAihe: Pumput")]
    [InlineData("От: Ada Example\nОтправлено: 7 марта 2016 г. 10:15\nКому: Bob Example\nТема: Насосы")]
    [InlineData("差出人: Ada Example\n送信日時: 2016年3月7日 10:15\n宛先: Bob Example\n件名: ポンプ")]
    [InlineData("发件人: Ada Example\n发送时间: 2016年3月7日 10:15\n收件人: Bob Example\n主题: 水泵")]
    [InlineData("*From:* Ada Example <ada@example.com>\n*Sent:* Monday, 7 March 2016 10:15\n*To:* Bob Example;\n Carol Example\n*Subject:* Pumps")]
    public void A_block_of_headers_ends_the_reply_unless_the_mail_forwards(string block)
    {
        var body = $"Done.\n\n{block}\n\nPlease do it.";
        Assert.Equal("Done.", ReplyText.Split(body).Reply);
        Assert.Equal(body, ReplyText.Split(body, forwarded: true).Reply);
    }

    [Theory]
    [InlineData("---------- Forwarded message ---------")]
    [InlineData("-------- Weitergeleitete Nachricht --------")]
    [InlineData("Begin forwarded message:")]
    [InlineData("---------- Message transféré ----------")]
    public void Forwarded_text_is_never_stripped(string marker)
    {
        var body = $"Please see below.\n\n{marker}\nFrom: Ada Example <ada@example.com>\nDate: Mon, 7 Mar 2016\nSubject: Pumps\nTo: Bob\n\nThe pump is broken.\n\n-- \nAda";
        Assert.Equal(new SplitText(body, ""), ReplyText.Split(body));
    }

    [Fact]
    public void Inline_answers_keep_the_quotes_they_answer_and_lose_the_introduction()
    {
        var split = ReplyText.Split("Hello Ada,\n\nOn 7 Mar 2016 at 10:15, Ada wrote:\n> Blue?\n\nYes.\n\n> Large?\n\nNo.\n\n-- \nBob\n");
        Assert.Equal("Hello Ada,\n\n> Blue?\n\nYes.\n\n> Large?\n\nNo.", split.Reply);
        Assert.Equal("On 7 Mar 2016 at 10:15, Ada wrote:\n\n-- \nBob", split.Quoted);
    }

    [Fact]
    public void An_answer_below_the_whole_quote_stands_alone() =>
        Assert.Equal("Blue.", ReplyText.Split("Ada Example wrote:\n> Which colour?\n> \n> Ada\n\nBlue.\n").Reply);

    [Theory]
    [InlineData("Ada Example (ada@example.com) mused thus:")]
    [InlineData("On 7 Mar 2016 at 10:15 it was\nheard of Ada:")]
    [InlineData("Ada Example said:")]
    public void Introductions_in_people_s_own_words_are_known_by_the_quote_below(string introduction) =>
        Assert.Equal(new SplitText("Blue.", introduction.Replace('\n', ' ') + "\n> Which colour?"), ReplyText.Split($"{introduction}\n> Which colour?\n\nBlue.\n"));

    [Theory]
    [InlineData("Sent from my iPhone")]
    [InlineData("Von meinem iPhone gesendet")]
    [InlineData("Envoyé de mon iPhone")]
    [InlineData("Enviado desde mi iPhone")]
    [InlineData("Inviato da iPhone")]
    [InlineData("Verstuurd vanaf mijn iPhone")]
    [InlineData("Skickat från min iPhone")]
    [InlineData("Wysłane z iPhone'a")]
    [InlineData("Отправлено с iPhone")]
    [InlineData("iPhoneから送信")]
    [InlineData("发自我的 iPhone")]
    [InlineData("Get Outlook for Android <https://aka.ms/example>")]
    public void The_line_of_a_device_is_no_reply(string line) => Assert.Equal(new SplitText("On my way.", line), ReplyText.Split($"On my way.\n\n{line}\n"));

    [Theory]
    [InlineData("Sent with Proton Mail secure email.\n\n‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Monday, March 7th, 2016 at 10:15 AM, Ada Example <ada@example.com> wrote:\n\n> Which?")]
    [InlineData("Sent from Yahoo Mail on Android\n \n  On Mon, 7 Mar 2016 at 10:15, Ada Example<ada@example.com> wrote:   Which one?")]
    [InlineData("On Mon, 7 Mar 2016 at 10:15 Ada Example <ada@example.com> wrote\n\n> Which?")]
    [InlineData("Get Outlook for iOS<https://aka.ms/example>\n________________________________\nFrom: Ada <ada@example.com>\nSent: Monday, March 7, 2016 10:15:00 AM\nTo: Bob\nSubject: Re: Pumps\n\nWhich?")]
    [InlineData("From:   Ada Example/London/Example\nTo:     Bob Example/Paris/Example@Example\nDate:   07/03/2016 10:15\nSubject:        Pumps\n\n\nWhich?")]
    [InlineData("------------------ 原始邮件 ------------------\n发件人: \"Ada Example\"<ada@example.com>; \n发送时间: 2016年3月7日(星期一) 上午10:15\n收件人: \"bob\"<bob@example.com>; \n主题: 水泵\n\n哪个?")]
    [InlineData("Sent from my Samsung Galaxy smartphone.\n-------- Original message --------\nFrom: Ada <ada@example.com> \nDate: 07/03/2016  10:15  (GMT+00:00) \nTo: Bob <bob@example.com> \nSubject: Pumps \n\nWhich?")]
    [InlineData("Gesendet: Montag, 07. März 2016 um 10:15 Uhr\nVon: \"Ada Example\" <ada@example.com>\nAn: bob@example.com\nBetreff: Pumpen\nWelche?")]
    [InlineData("_______________________________________________\nHarbour mailing list\nHarbour@example.com\nhttps://lists.example.com/listinfo/harbour")]
    public void What_mail_programs_set_below_an_answer_is_taken_off_and_kept_as_it_stood(string below) =>
        Assert.Equal(new SplitText("Fine with me.", below.TrimStart()), ReplyText.Split($"Fine with me.\n\n{below}\n"));

    [Theory]
    [InlineData("From: London\nTo: Paris\nDate: Monday\n\nIs that right?")]
    [InlineData("On 3 March we wrote the tender. It was sent by courier yesterday.")]
    [InlineData("Agenda\n======\n\nFirst the pumps.")]
    [InlineData("Here is the log:\n-----\npump 3 stopped\n-----\nAny idea?")]
    public void What_only_resembles_history_stays(string body) => Assert.Equal(body, ReplyText.Split(body).Reply);

    [Fact]
    public void No_word_is_lost_and_nothing_throws()
    {
        string[] pieces = ["Hello", "> quoted", ">> twice", "", " ", "-- ", "-----", "On Mon, 7 Mar 2016, Ada <a@example.com> wrote:", "On Mon, 7 Mar 2016, Ada <", "a@example.com> wrote:", "> wrote:",
            "From: Ada <a@example.com>", "To: Bob", "Subject: x", "Sent: 2016", "-----Original Message-----", "---------- Forwarded message ---", "Sent from my iPhone", "AB> q", "To unsubscribe, write",
            "-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----", "写道：", "2016-03-03 17:21 GMT+01:00 A"];
        var line = Gen.Frequency((4, Gen.Int[0, pieces.Length - 1].Select(i => pieces[i])), (1, Gen.String[0, 40]));
        Gen.Select(line.Array[0, 40], Gen.Bool).Sample((lines, forwarded) =>
        {
            var body = string.Join('\n', lines);
            var split = ReplyText.Split(body, forwarded);
            Assert.Equal(Words(body), Words(split.Reply + "\n" + split.Quoted));
        }, iter: 5_000);

        static string[] Words(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData("On ")]
    [InlineData("On Mon 7 Mar 2016 10:15 <\n")]
    [InlineData("From: a@example.com\n")]
    [InlineData("-----\ntext\n")]
    [InlineData("> ")]
    [InlineData("> q\ntext\n")]
    [InlineData("a:\n\n")]
    [InlineData("\n")]
    [InlineData("----- ")]
    public void A_million_characters_are_split_in_linear_time(string piece)
    {
        var body = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        ReplyText.Split("x\n" + body);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, HangsBeyond);
    }

    [Fact]
    public void The_reference_replies_come_out_exactly()
    {
        var folder = Reference.Folder("replies");
        var (replies, rest, count) = (0, 0, 0);
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "emails")))
        {
            var split = ReplyText.Split(File.ReadAllText(file));
            if (split.Reply.Trim() == File.ReadAllText(Path.Combine(folder, "trimmed", Path.GetFileName(file))).Trim()) replies++;
            if (split.Quoted.Trim() == File.ReadAllText(Path.Combine(folder, "elided", Path.GetFileName(file))).Trim()) rest++;
            count++;
        }
        Assert.Equal((count, count), (replies, rest));
    }
}
