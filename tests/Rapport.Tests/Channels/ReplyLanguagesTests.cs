using Rapport.Channels.Mail;

namespace Rapport.Tests.Channels;

/// <summary>The lines that mail programs set above a quote, in the languages people write mail in: as Gmail, Apple Mail, Thunderbird, Yahoo and Outlook word them.</summary>
public sealed class ReplyLanguagesTests
{
    private const string Mail = "<ada@example.com>";

    public static TheoryData<string, string> Introductions { get; } = new()
    {
        { "English", $"On Mon, Mar 7, 2016 at 10:15 AM Ada Example {Mail} wrote:" },
        { "English", $"On 7 Mar 2016, at 10:15, Ada Example {Mail} wrote:" },
        { "English", "On 07/03/2016 10:15, Ada Example wrote:" },
        { "German", $"Am Mo., 7. März 2016 um 10:15 Uhr schrieb Ada Example {Mail}:" },
        { "German", $"Am 07.03.2016 um 10:15 schrieb Ada Example {Mail}:" },
        { "German", "Am 7. März 2016 10:15:22 MEZ schrieb Ada Example:" },
        { "German", "Am Montag, 7. März 2016, 10:15:22 MEZ hat Ada Example Folgendes geschrieben:" },
        { "French", $"Le lun. 7 mars 2016 à 10:15, Ada Example {Mail} a écrit :" },
        { "French", $"Le 7 mars 2016 à 10:15, Ada Example {Mail} a écrit :" },
        { "French", "Le 07/03/2016 à 10:15, Ada Example a écrit :" },
        { "French", "Le lundi 7 mars 2016 à 10:15:22 UTC+1, Ada Example a écrit :" },
        { "Spanish", $"El lun, 7 mar 2016 a las 10:15, Ada Example ({Mail}) escribió:" },
        { "Spanish", $"El 7 mar 2016, a las 10:15, Ada Example {Mail} escribió:" },
        { "Spanish", "El 07/03/2016 a las 10:15, Ada Example escribió:" },
        { "Spanish", $"El lunes, 7 de marzo de 2016, 10:15:22 CET, Ada Example {Mail} escribió:" },
        { "Italian", $"Il giorno lun 7 mar 2016 alle ore 10:15 Ada Example {Mail} ha scritto:" },
        { "Italian", $"Il giorno 7 mar 2016, alle ore 10:15, Ada Example {Mail} ha scritto:" },
        { "Italian", "Il 07/03/2016 10:15, Ada Example ha scritto:" },
        { "Italian", "In data lunedì 7 marzo 2016 10:15:22 CET, Ada Example ha scritto:" },
        { "Dutch", $"Op ma 7 mrt 2016 om 10:15 schreef Ada Example {Mail}:" },
        { "Dutch", $"Op 7 mrt. 2016, om 10:15 heeft Ada Example {Mail} het volgende geschreven:" },
        { "Dutch", "Op 07-03-16 om 10:15 schreef Ada Example:" },
        { "Portuguese", $"Em seg., 7 de mar. de 2016 às 10:15, Ada Example {Mail} escreveu:" },
        { "Portuguese", $"Em 7 de mar. de 2016, à(s) 10:15, Ada Example {Mail} escreveu:" },
        { "Portuguese", $"Ada Example {Mail} escreveu (segunda, 7/03/2016 à(s) 10:15):" },
        { "Portuguese", "Em 07/03/2016 10:15, Ada Example escreveu:" },
        { "Polish", $"pon., 7 mar 2016 o 10:15 Ada Example {Mail} napisał(a):" },
        { "Polish", $"Wiadomość napisana przez Ada Example {Mail} w dniu 7 mar 2016, o godz. 10:15:" },
        { "Polish", "W dniu 07.03.2016 o 10:15, Ada Example pisze:" },
        { "Polish", "W dniu poniedziałek, 7 marca 2016 10:15 Ada Example napisał(a):" },
        { "Russian", $"пн, 7 мар. 2016 г. в 10:15, Ada Example {Mail}:" },
        { "Russian", $"7 марта 2016 г., в 10:15, Ada Example {Mail} написал(а):" },
        { "Russian", "07.03.2016 10:15, Ада Пример пишет:" },
        { "Russian", $"Понедельник, 7 марта 2016, 10:15 +03:00 от Ada Example {Mail}:" },
        { "Ukrainian", $"пн, 7 бер. 2016 р. о 10:15 Ada Example {Mail} пише:" },
        { "Czech", $"po 7. 3. 2016 v 10:15 odesílatel Ada Example {Mail} napsal:" },
        { "Czech", $"7. 3. 2016 v 10:15, Ada Example {Mail}:" },
        { "Czech", "Dne 07. 03. 16 v 10:15 Ada Example napsal(a):" },
        { "Slovak", $"po 7. 3. 2016 o 10:15 Ada Example {Mail} napísal(a):" },
        { "Japanese", $"2016年3月7日(月) 10:15 Ada Example {Mail}:" },
        { "Japanese", $"2016/03/07 10:15、Ada Example {Mail}のメール:" },
        { "Japanese", "On 2016/03/07 10:15, 例 あだ wrote:" },
        { "Japanese", $"2016年3月7日 10:15、Ada Example {Mail}のメール：" },
        { "Chinese", $"Ada Example {Mail} 于2016年3月7日周一 10:15写道：" },
        { "Chinese", $"在 2016年3月7日，上午10:15，Ada Example {Mail} 写道：" },
        { "Chinese", "在 2016/3/7 10:15, Ada Example 写道:" },
        { "Chinese", $"Ada Example {Mail} 於 2016年3月7日 週一 上午10:15寫道：" },
        { "Korean", $"2016년 3월 7일 (월) 오전 10:15, Ada Example {Mail}님이 작성:" },
        { "Korean", $"2016. 3. 7. 오전 10:15, Ada Example {Mail} 작성:" },
        { "Korean", "2016-03-07 오전 10:15에 Ada Example 이(가) 쓴 글:" },
        { "Turkish", $"Ada Example {Mail}, 7 Mar 2016 Pzt, 10:15 tarihinde şunu yazdı:" },
        { "Turkish", $"Ada Example {Mail} şunları yazdı (7 Mar 2016 10:15):" },
        { "Turkish", "7.03.2016 10:15 tarihinde Ada Example yazdı:" },
        { "Swedish", $"Den mån 7 mars 2016 kl 10:15 skrev Ada Example {Mail}:" },
        { "Swedish", $"7 mars 2016 kl. 10:15 skrev Ada Example {Mail}:" },
        { "Swedish", "Den 2016-03-07 kl. 10:15, skrev Ada Example:" },
        { "Danish", $"Den man. 7. mar. 2016 kl. 10.15 skrev Ada Example {Mail}:" },
        { "Danish", $"> Den 7. mar. 2016 kl. 10.15 skrev Ada Example {Mail}:"[2..] },
        { "Norwegian", $"man. 7. mar. 2016 kl. 10:15 skrev Ada Example {Mail}:" },
        { "Finnish", $"ma 7. maalisk. 2016 klo 10.15 Ada Example ({Mail}) kirjoitti:" },
        { "Finnish", $"Ada Example {Mail} kirjoitti 7.3.2016 kello 10.15:" },
        { "Arabic", $"في الاثنين، 7 مارس 2016 في 10:15 ص تمت كتابة ما يلي بواسطة Ada Example {Mail}:" },
        { "Arabic", $"كتب Ada Example {Mail} في 7 مارس 2016 في 10:15 ص:" },
        { "Arabic", $"في ٧ مارس ٢٠١٦، الساعة ١٠:١٥ ص، كتب Ada Example {Mail}:" },
        { "Arabic", "في 07/03/2016 10:15، كتب Ada Example:" },
        { "Persian", $"در تاریخ دوشنبه ۷ مارس ۲۰۱۶، ۱۰:۱۵ Ada Example {Mail} نوشت:" },
        { "Hebrew", $"‫בתאריך יום ב׳, 7 במרץ 2016 ב-10:15 מאת ‪Ada Example‬‏ <‪ada@example.com‬‏>:‬" },
        { "Hebrew", $"ב-7 במרץ 2016, בשעה 10:15, Ada Example {Mail} כתב/ה:" },
        { "Hungarian", $"Ada Example {Mail} ezt írta (időpont: 2016. márc. 7., H, 10:15):" },
        { "Hungarian", "2016. 03. 07. 10:15 keltezéssel, Ada Example írta:" },
        { "Romanian", $"În lun., 7 mar. 2016 la 10:15, Ada Example {Mail} a scris:" },
        { "Romanian", $"Pe 7 mar. 2016, la 10:15, Ada Example {Mail} a scris:" },
        { "Greek", $"Στις Δευ 7 Μαρ 2016 στις 10:15 π.μ., ο/η Ada Example {Mail} έγραψε:" },
        { "Greek", $"7 Μαρ 2016, 10:15 π.μ., ο χρήστης «Ada Example {Mail}» έγραψε:" },
        { "Vietnamese", $"Vào Th 2, 7 thg 3, 2016 vào lúc 10:15 Ada Example {Mail} đã viết:" },
        { "Indonesian", $"Pada Sen, 7 Mar 2016 pukul 10.15 Ada Example {Mail} menulis:" },
        { "Thai", $"ในวันที่ จ. 7 มี.ค. 2016 10:15 น. Ada Example {Mail} เขียนว่า:" },
        { "Hindi", $"सोम, 7 मार्च 2016 को 10:15 पूर्वाह्न बजे को Ada Example {Mail} ने लिखा:" },
        { "Catalan", $"Missatge de Ada Example {Mail} del dia dl., 7 de març 2016 a les 10:15:" },
        { "Croatian", $"pon, 7. ožu 2016. u 10:15 Ada Example {Mail} napisao je:" },
        { "Bulgarian", $"На пн, 7.03.2016 г. в 10:15 Ada Example {Mail} написа:" },
    };

    [Theory]
    [MemberData(nameof(Introductions))]
    public void The_line_above_a_quote_is_known(string language, string introduction)
    {
        var marked = ReplyText.Split($"The answer.\n\n{introduction}\n\n> The question?\n");
        Assert.True(marked.Reply == "The answer.", $"{language}, marked: {marked.Reply}");
        var unmarked = ReplyText.Split($"The answer.\n\n{introduction}\n\nThe question?\nSecond line of it.\n");
        Assert.True(unmarked.Reply == "The answer.", $"{language}, unmarked: {unmarked.Reply}");
        var below = ReplyText.Split($"{introduction}\n> The question?\n> More of it.\n\nThe answer.\n");
        Assert.True(below.Reply == "The answer.", $"{language}, below: {below.Reply}");
    }

    [Theory]
    [MemberData(nameof(Introductions))]
    public void It_is_known_when_it_was_broken_over_two_lines(string language, string introduction)
    {
        var at = introduction.IndexOf("Ada", StringComparison.Ordinal);
        if (at < 10) return;
        var broken = $"{introduction[..at].TrimEnd()}\n{introduction[at..]}";
        var split = ReplyText.Split($"The answer.\n\n{broken}\n\n> The question?\n");
        Assert.True(split.Reply == "The answer.", $"{language}: {split.Reply}");
    }

    [Theory]
    [InlineData("We discussed it on Monday, and Ada wrote: yes.")]
    [InlineData("Bitte beachten Sie: am 7. März 2016 um 10:15 beginnt die Schulung.")]
    [InlineData("Le 7 mars 2016 à 10:15, nous fermons la salle.")]
    [InlineData("El 7 de marzo de 2016 a las 10:15 cerramos.")]
    [InlineData("Em 7 de março de 2016 às 10:15 fechamos:")]
    [InlineData("在 2016年3月7日 开会。")]
    [InlineData("في 7 مارس 2016 نغلق المكتب.")]
    public void A_sentence_with_a_date_is_none(string sentence) =>
        Assert.Equal($"Hello,\n\n{sentence}\n\nAll the best\nAda", ReplyText.Split($"Hello,\n\n{sentence}\n\nAll the best\nAda").Reply);

    [Theory]
    [InlineData("Gesendet von Outlook für Android")]
    [InlineData("Enviado do meu iPhone")]
    [InlineData("iPhone'umdan gönderildi")]
    [InlineData("나의 iPhone에서 보냄")]
    [InlineData("從我的 iPhone 傳送")]
    [InlineData("أرسلت من الـ iPhone")]
    [InlineData("נשלח מה-iPhone שלי")]
    [InlineData("Sendt fra min iPhone")]
    [InlineData("Lähetetty iPhonesta")]
    [InlineData("Odesláno z iPhonu")]
    [InlineData("Trimis de pe iPhone-ul meu")]
    [InlineData("Στάλθηκε από το iPhone μου")]
    [InlineData("Надіслано з iPhone")]
    public void A_telephone_s_line_is_no_word_of_its_owner(string line) => Assert.Equal(new SplitText("On my way.", line), ReplyText.Split($"On my way.\n\n{line}\n"));
}
