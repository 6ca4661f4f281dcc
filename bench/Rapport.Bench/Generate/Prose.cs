using System.Globalization;
using System.Text;
using Rapport.Demo;

namespace Rapport.Bench;

/// <summary>What people write: a few sentences in their language, with things, places and numbers that repeat as in life, some all the time and some never again.</summary>
internal static class Prose
{
    private static readonly Dictionary<string, string[]> Says = new()
    {
        ["en"] =
        [
            "The {thing} for {place} left our yard this morning.", "We checked the {thing} again and everything is as agreed.", "Our invoice {number} covers the {thing} and the work in {place}.",
            "The {thing} arrived late in {place}, and two of them were damaged.", "I spoke with the people in {place} about the {thing}; they are content.", "The drawing of the {thing} has changed since {day}.",
            "We can deliver the {thing} to {place} in week {week}.", "The price of the {thing} stays as it was last year.", "Two colleagues will come to {place} on {day} with the {thing}.",
            "The {thing} with serial number {number} makes a noise when it is cold.", "Delivery {number} is complete, the papers are with the driver.", "The meeting about the {thing} moved to {day}.",
        ],
        ["de"] = ["Die {thing} für {place} ist heute früh abgegangen.", "Unsere Rechnung {number} über die {thing} liegt bei.", "Wir haben die {thing} geprüft, alles ist wie vereinbart.", "Am {day} kommen zwei Kollegen nach {place}.", "Die Lieferung {number} ist vollständig."],
        ["fr"] = ["La livraison {number} pour {place} est complète.", "Nous avons vérifié {thing}, tout est conforme.", "La réunion est déplacée au {day}.", "Le prix reste celui de l'année dernière."],
        ["es"] = ["La entrega {number} para {place} está completa.", "Hemos revisado {thing} y todo está bien.", "La reunión pasa al {day}.", "El precio sigue igual."],
        ["pl"] = ["Dostawa {number} do {place} jest kompletna.", "Sprawdziliśmy {thing}, wszystko się zgadza.", "Spotkanie przenosimy na {day}."],
        ["tr"] = ["{place} için {number} numaralı teslimat tamamlandı.", "{thing} kontrol edildi, her şey yolunda."],
        ["ru"] = ["Поставка {number} для {place} выполнена.", "Мы проверили {thing}, всё в порядке.", "Встреча перенесена на {day}."],
        ["el"] = ["Η παράδοση {number} για {place} ολοκληρώθηκε.", "Ελέγξαμε {thing}, όλα είναι εντάξει."],
        ["ar"] = ["اكتملت الشحنة {number} إلى {place}.", "فحصنا {thing} وكل شيء على ما يرام."],
        ["zh"] = ["第{number}号货物已经送到{place}。", "我们检查了{thing}，一切正常。", "会议改到{day}。"],
        ["ja"] = ["{place}への納品{number}が完了しました。", "{thing}を確認しました。問題ありません。"],
        ["ko"] = ["{place} 납품 {number} 완료되었습니다.", "{thing} 확인했습니다."],
    };

    private static readonly Dictionary<string, string[]> Asks = new()
    {
        ["en"] = ["Could you send us the {thing} for {place} by {day}?", "When will the {thing} arrive in {place}?", "Please let me know whether {day} suits you.", "What does the {thing} cost in week {week}?", "Can we get a quote for {number} pieces of the {thing}?"],
        ["de"] = ["Könnten Sie uns die {thing} bis {day} schicken?", "Wann kommt die {thing} in {place} an?"],
        ["fr"] = ["Pourriez-vous envoyer {thing} avant le {day} ?"], ["es"] = ["¿Cuándo llega {thing} a {place}?"], ["pl"] = ["Kiedy dotrze {thing}?"], ["tr"] = ["{thing} ne zaman gelir?"],
        ["ru"] = ["Когда придёт {thing}?"], ["el"] = ["Πότε θα έρθει {thing};"], ["ar"] = ["متى تصل {thing}؟"], ["zh"] = ["{thing}什么时候能到？"], ["ja"] = ["{thing}はいつ届きますか？"], ["ko"] = ["{thing} 언제 도착하나요?"],
    };

    private static readonly string[] Things = Words(
        "pump valve gearbox motor bearing filter hoist crane pallet bracket cable sensor gauge panel hinge roller belt chain boiler heater fan compressor nozzle flange gasket piston seal coupling shaft bushing spring clamp hook ladder ramp gate lock door window frame beam plate sheet tube pipe wire rope net cover hood case crate drum barrel tank basin tray rack shelf cabinet desk lamp switch relay fuse battery charger screen printer scanner camera antenna router server licence manual drawing sample catalogue contract offer order invoice receipt report survey plan schedule forecast budget certificate permit warranty");
    private static readonly string[] Kinds = Words("steel copper heavy light spare second new old large small left right upper lower outer inner main rear front blue green grey red sealed coated cast welded folded mobile fixed dry wet hot cold long short wide narrow");
    private static readonly string[] Places = [.. from a in Words("North South East West Upper Lower Old New Great Little") from b in Words("haven ford bridge field port mouth bury chester wold hythe gate mere combe stow") select a + b];
    private static readonly string[] Days = Words("Monday Tuesday Wednesday Thursday Friday tomorrow today");

    /// <summary>The matter of a conversation, in at most a line.</summary>
    public static string Subject(Dice dice) => dice.Below(5) switch
    {
        0 => $"Order {Number(dice)}",
        1 => $"{Capital(Thing(dice))} for {Place(dice)}",
        2 => $"Question about the {Thing(dice)}",
        3 => $"Delivery {Number(dice)} to {Place(dice)}",
        _ => $"{Capital(Thing(dice))}, week {dice.Between(1, 52)}",
    };

    /// <summary>A message: most short, some long, with or without a question at its end.</summary>
    public static string Message(Dice dice, string language, bool asks)
    {
        var text = new StringBuilder(256);
        var sentences = dice.Chance(0.05) ? dice.Between(8, 20) : dice.Between(1, 4);
        for (var i = 0; i < sentences; i++) Add(text, dice, dice.Pick(Says[dice.Chance(0.9) ? language : "en"]));
        if (asks) Add(text, dice, dice.Pick(Asks[language]));
        return text.ToString();
    }

    /// <summary>A promise, as it is spoken.</summary>
    public static string Promise(Dice dice) => dice.Below(4) switch
    {
        0 => $"Send the {Thing(dice)} to {Place(dice)}",
        1 => $"Call back about order {Number(dice)}",
        2 => $"Quote {dice.Between(2, 90)} pieces of the {Thing(dice)}",
        _ => $"Check the {Thing(dice)} in {Place(dice)} and report",
    };

    private static void Add(StringBuilder text, Dice dice, string pattern)
    {
        if (text.Length > 0) text.Append(text.Length > 120 && dice.Chance(0.2) ? "\n\n" : " ");
        for (var at = 0; at < pattern.Length;)
        {
            var open = pattern.IndexOf('{', at);
            if (open < 0) { text.Append(pattern, at, pattern.Length - at); break; }
            text.Append(pattern, at, open - at);
            var close = pattern.IndexOf('}', open);
            text.Append(pattern[open + 1] switch { 't' => Thing(dice), 'p' => Place(dice), 'n' => Number(dice), 'd' => dice.Pick(Days), _ => dice.Between(1, 52).ToString(CultureInfo.InvariantCulture) });
            at = close + 1;
        }
    }

    private static string Thing(Dice dice) => dice.Chance(0.5) ? Things[dice.Skewed(Things.Length, 10)] : $"{dice.Pick(Kinds)} {Things[dice.Skewed(Things.Length, 10)]}";

    private static string Place(Dice dice) => Places[dice.Skewed(Places.Length, 10)];

    private static string Number(Dice dice) => dice.Between(10_000, 999_999).ToString(CultureInfo.InvariantCulture);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string[] Words(string text) => text.Split(' ');
}
