using Rapport.Demo;

namespace Rapport.Bench;

/// <summary>How people are called where one language is spoken. Family names are put together of two parts; the first ones are the common ones.</summary>
internal sealed record Tongue(string Language, int Share, string[] Given, string[] Begin, string[] End, bool FamilyFirst = false, bool Spaced = true);

/// <summary>Invented names in the scripts that the world writes in.</summary>
internal static class Names
{
    private static readonly Tongue[] Tongues =
    [
        new("en", 42, W("Ada Amy Anna Ben Carl Clara Dan Dora Ed Ella Emma Eric Eva Fay Finn Fred Gail Gus Hal Ida Iris Ivan Jack Jane Joan Jon Kate Kay Leo Lena Lily Luke Mae Mark Maya Max Mia Nell Nick Nora Olga Oscar Paul Pia Ray Rita Rob Rosa Ruth Sam Sara Tess Theo Tim Tom Una Vera Will Zoe"),
            W("Smith Brown Hal Nor Wes Har Ash Brad Cal Dun El Fair Gar Hol Ing Kel Lang Mar New Oak Pen Quin Rad Sta Thorn Under Vale Whit York Bram Crom Dal Eld Fen Glen Hart Kirk Lind Mill Nether Orm Pick Rush Sand Thirl Wain"),
            W("|son|berg|wick|ton|field|worth|ley|man|ford|well|by|ham|stead|brook|er|more|land|ridge|croft|hurst")),
        new("de", 14, W("Jörg Käthe Björn Günther Jürgen Märta Sören Änne Uwe Heike Antje Dieter Frauke Gerd Hanna Imke Jens Katrin Lutz Malte Nele Ole Petra Ralf Silke Till Ulrike Volker Wiebke Xaver"),
            W("Müller Schön Groß Weiß Bäcker König Löwe Süß Hüb Kühn Rött Stör Brück Jäger Gärt Mönch Bül Vög Rüd Tür"), W("|mann|ner|meier|hoff|bach|stein|heim|feld|wald|horn")),
        new("pl", 7, W("Łucja Żaneta Grażyna Małgorzata Stanisław Paweł Michał Józef Róża Błażej Zofia Jakub Antoni Wanda Iga"), W("Kow Nowak Wiśn Wójc Kamiń Lewand Zieliń Szymań Woź Dąbr Kozł Jank"), W("|alski|ewski|icki|ik|ski|owicz|czyk|iak")),
        new("fr", 7, W("Aimée Benoît Chloé Désirée Élodie François Gaëlle Hélène Inès Jérôme Léa Maël Noémie Océane Rémi Solène Théo Zoé"), W("Bél Châ Dur Fontê Gué Lam Lef Mor Per Ros Thé Vass"), W("and|bert|eau|ier|in|oux|anger|ard|el")),
        new("es", 6, W("Ángel Begoña Concepción Íñigo José Lucía María Óscar Raúl Sofía Tomás Ximena"), W("Garc Fern Gonz Rodr Mart Lóp Sánch Pér Góm Jim"), W("ía|ández|ález|íguez|ínez|ez|aro|ano|edo")),
        new("tr", 3, W("Ayşe Çağla Gülşen Işıl Ömer Şule Ümit Yağmur Barış Doğan"), W("Yıl Kap Dem Çel Şah Yıld Öz Aydın Ars Doğ"), W("maz|lan|ir|ik|in|ız|türk|oğlu|kan")),
        new("ru", 7, W("Анна Борис Вера Глеб Дарья Егор Жанна Захар Ирина Кирилл Лидия Максим Нина Олег Павел Рита Семён Таня Фёдор Юлия"), W("Иван Петр Смирн Кузнец Соколь Вол Лебед Козл Нов Мороз"), W("ов|ников|енко|ский|ин|аев|ичев")),
        new("el", 2, W("Άννα Γιώργος Ελένη Κώστας Μαρία Νίκος Σοφία Χρήστος"), W("Παπα Γεωργ Δημητρ Νικολ Κων"), W("δόπουλος|ίου|άκης|ίδης|αντίνου")),
        new("ar", 2, W("أحمد فاطمة خالد ليلى عمر مريم يوسف سارة"), W("ال عبدال ابن"), W("حسن|نور|رحمن|سعيد|كريم|قاسم")),
        new("zh", 6, W("伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 涛 明 秀英 桂英 小红 志强 建国 晓东 文静 海燕 思远 嘉怡 子涵 浩然 雨桐"), W("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗"), W(""), FamilyFirst: true, Spaced: false),
        new("ja", 2, W("花子 太郎 健一 由美 翔太 美咲 大輔 愛"), W("佐 田 高 山 鈴 小 中"), W("藤|中|橋|本|木|林|村"), FamilyFirst: true),
        new("ko", 2, W("민수 지영 현우 서연 도윤 하은"), W("김 이 박 최 정 강"), W(""), FamilyFirst: true, Spaced: false),
    ];

    private static readonly Tongue[] Drawn = [.. Tongues.SelectMany(t => Enumerable.Repeat(t, t.Share))];

    private static readonly string[] Trades = W("Works Foods Logistics Tools Timber Press Marine Energy Textiles Optics Freight Paper Glass Mills Motors Clinic Schools Council Bakery Systems Partners Trading Instruments Labs");
    private static readonly string[] Forms = W("Ltd GmbH AG SA BV AB Oy Inc Co SpA Srl KG");
    private static readonly string[] Cities = W("北京 上海 深圳 广州 成都");
    private static readonly string[] ChineseTrades = W("科技有限公司 贸易公司 物流公司 食品厂 医院");

    /// <summary>The language that a person speaks.</summary>
    public static Tongue Tongue(Dice dice) => dice.Pick(Drawn);

    public static (string Given, string Family, string Name) Person(Dice dice, Tongue tongue)
    {
        var given = dice.Pick(tongue.Given);
        if (tongue.Language == "en" && dice.Chance(0.1)) given = $"{given} {dice.Pick(tongue.Given)}";
        var family = tongue.Begin[dice.Skewed(tongue.Begin.Length, 4)] + tongue.End[dice.Skewed(tongue.End.Length, 4)];
        return (given, family, !tongue.FamilyFirst ? $"{given} {family}" : tongue.Spaced ? $"{family} {given}" : family + given);
    }

    /// <summary>A name of an organisation, and the word that its mail domain begins with.</summary>
    public static (string Name, string Word) Organization(Dice dice)
    {
        var tongue = Tongue(dice);
        if (tongue.Language == "zh") return (dice.Pick(Cities) + dice.Pick(tongue.Given) + dice.Pick(ChineseTrades), "cn");
        var word = dice.Pick(tongue.Begin) + dice.Pick(tongue.End) + (dice.Chance(0.3) ? dice.Pick(Tongues[0].End) : "");
        var name = dice.Chance(0.6) ? $"{word} {dice.Pick(Trades)}" : $"{word} {dice.Pick(Trades)} {dice.Pick(Forms)}";
        return (name, Ascii(word) is { Length: > 0 } ascii ? ascii : tongue.Language);
    }

    /// <summary>What is left of a word in a mail address.</summary>
    public static string Ascii(string word) => new([.. Kernel.Search.TextFold.Fold(word).Where(char.IsAsciiLetterOrDigit)]);

    private static string[] W(string words) => words.Split(words.Contains('|', StringComparison.Ordinal) ? '|' : ' ');
}
