using System.Text;
using Rapport.Channels.Mail;

namespace Rapport.Tests.Channels;

/// <summary>Which automatic answers say that somebody has left, and which that they are away for a while (C6).</summary>
public class DepartureTests
{
    [Theory]
    [InlineData("Thank you for your mail. I no longer work for Foss Shipping. Please write to info@foss.example.", "I no longer work for Foss Shipping.")]
    [InlineData("Kim Foss is no longer with Foss Shipping.")]
    [InlineData("As of 1 May I am no longer with the company.")]
    [InlineData("I have left the company; write to Rune instead.")]
    [InlineData("Kim is no longer employed here.")]
    [InlineData("Today was my last day at Foss Shipping.")]
    [InlineData("Kim Foss has retired from our firm after 30 years.")]
    [InlineData("Ich bin seit dem 1. Mai nicht mehr bei der Foss GmbH beschäftigt.", "Ich bin seit dem 1. Mai nicht mehr bei der Foss GmbH beschäftigt.")]
    [InlineData("Frau Foss ist nicht mehr für uns tätig.")]
    [InlineData("Herr Foss arbeitet nicht mehr hier: er ist zum Jahresende ausgeschieden.")]
    [InlineData("Ich habe das Unternehmen zum 31.12. verlassen.")]
    [InlineData("Ich bin nicht mehr im Unternehmen.")]
    [InlineData("Kim Foss ne travaille plus chez nous.")]
    [InlineData("J\u2019ai quitté l\u2019entreprise le 2 mai.")]
    [InlineData("Ya no trabajo en la empresa.")]
    [InlineData("Kim Foss ya no forma parte de nuestro equipo.")]
    [InlineData("Non lavoro più presso la Foss SpA.")]
    [InlineData("Já não trabalho na empresa.")]
    [InlineData("Não faço mais parte da equipe.")]
    [InlineData("Kim Foss is niet meer werkzaam bij Foss BV.")]
    [InlineData("Kim Foss już nie pracuje w firmie.")]
    [InlineData("Kim arbetar inte längre på Foss AB.")]
    [InlineData("Kim arbejder ikke længere hos os.")]
    [InlineData("Kim jobber ikke lenger hos oss.")]
    [InlineData("Kim Foss ei ole enää yrityksemme palveluksessa.")]
    [InlineData("Ким Фосс больше не работает в компании.")]
    [InlineData("私は3月末で退職いたしました。")]
    [InlineData("我已离职。")]
    [InlineData("저는 5월에 퇴사하였습니다.")]
    public void Who_says_that_they_work_there_no_more_has_left(string text, string? sentence = null)
    {
        var said = Read(text);
        Assert.NotNull(said);
        if (sentence is not null) Assert.Equal(sentence, said);
    }

    [Theory]
    [InlineData("Bis 6. Januar bin ich nicht mehr für Sie erreichbar.")]
    [InlineData("Ich bin heute nicht mehr im Haus und nicht mehr bei der Arbeit.")]
    [InlineData("Bis 6. Januar sind wir nicht mehr für Sie tätig.")]
    [InlineData("Mein letzter Arbeitstag vor dem Urlaub ist der 20. Dezember.")]
    [InlineData("Mein letzter Arbeitstag in diesem Jahr ist der 20. Dezember.")]
    [InlineData("Ab 15 Uhr ist unser Büro nicht mehr in unserem Gebäude zu erreichen.")]
    [InlineData("I am no longer at my desk today.")]
    [InlineData("I am no longer at Quay 4 until Monday.")]
    [InlineData("I have left the office for the holidays and will be back on 6 January.")]
    [InlineData("I have left Hamburg and am back on 6 January.")]
    [InlineData("My last day before the holidays is Friday.")]
    [InlineData("I no longer work on Fridays.")]
    [InlineData("I am no longer working today.")]
    [InlineData("Je ne travaille plus le vendredi; je serai de retour lundi.")]
    [InlineData("J\u2019ai quitté le bureau, de retour le 6 janvier.")]
    [InlineData("Ya no trabajo hoy; vuelvo el lunes.")]
    [InlineData("Oggi non lavoro più; torno lunedì.")]
    [InlineData("Já não trabalho hoje, volto na segunda.")]
    [InlineData("Ik ben vandaag niet meer bereikbaar en werk niet meer op vrijdag.")]
    [InlineData("Dziś już nie pracuję, wracam w poniedziałek.")]
    [InlineData("Jag har slutat för dagen och är tillbaka på måndag.")]
    [InlineData("Jeg arbejder ikke længere om fredagen.")]
    [InlineData("Jeg har sluttet for dagen.")]
    [InlineData("En ole enää tavoitettavissa tänään.")]
    [InlineData("Сегодня я больше не работаю, буду в понедельник.")]
    [InlineData("本日は終了しました。明日ご返信いたします。")]
    public void Who_is_away_for_a_while_has_not(string text) => Assert.Null(Read(text));

    private static string? Read(string text) => MailReader.Read(Encoding.UTF8.GetBytes($"From: Kim Foss <kim@foss.example>\r\nTo: ada@ours.example\r\nSubject: Automatic reply: Offer\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\nMessage-ID: <left@foss.example>\r\nAuto-Submitted: auto-replied\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"), RapportFixture.Monday).SaysLeft;
}
