using Rapport.Kernel.Search;

namespace Rapport.Conversations;

/// <summary>How people ask for something and how they thank, in the languages most mail is written in. A line a language; matched on whole words after folding.</summary>
internal static class AskWords
{
    // First, because the tables below are read with it.
    private static readonly char[] Separators = [.. " \t\r\n.,;:!?¿¡\"'()[]{}<>/\\|*_-–—…“”„‚‘’«»、。，！？；：（）「」『』·•~=+#".Distinct()];

    private static readonly string[] RequestLines =
    [
        // English
        "could you|can you please|would you|can you|will you please|please send|please let|please advise|please confirm|please provide|please check|please call|please reply|please find out|please tell|please give|please review|please have a look|please update|please help|please quote|kindly|let me know|let us know|i would like to|we would like to|i'd like to|i need|we need|get back to me|get back to us|call me|call back|i am waiting for|we are waiting for|awaiting your|looking forward to your reply|looking forward to hearing|we request|i request|asap|any news on|any update on|send me|send us|i was wondering|wondering if",
        // German
        "können sie|könnten sie|kannst du|könntest du|würden sie|würdest du|bitte senden|bitte schicken|bitte um|bitten um|bitte teilen|bitte geben|bitte prüfen|bitte rufen|bitte melden|bitte bestätigen|bitte antworten|senden sie|schicken sie|schick mir|rufen sie|ruf mich|wir benötigen|ich benötige|wir brauchen|ich brauche|ich hätte gern|wir hätten gern|ich möchte wissen|geben sie mir bescheid|gib mir bescheid|gib bescheid|wir warten auf|ich warte auf|um rückmeldung|um rückruf|um antwort|um angebot",
        // French
        "pouvez-vous|pourriez-vous|peux-tu|pourrais-tu|veuillez me|veuillez nous|veuillez envoyer|veuillez confirmer|merci de me|merci de nous|merci de bien vouloir|je vous prie de|je souhaite|nous souhaitons|je voudrais|nous voudrions|j'ai besoin|nous avons besoin|j'aimerais|envoyez-moi|envoyez-nous|rappelez-moi|tenez-moi|tenez-nous|dites-moi|j'attends|nous attendons|dans l'attente de votre réponse|serait-il possible",
        // Spanish
        "podría|podrían|puede enviar|puedes|podrías|por favor envíe|por favor envía|por favor confirme|por favor dígame|le ruego|le agradecería|le agradeceríamos|les agradecería|necesito|necesitamos|quisiera|quisiéramos|me gustaría|nos gustaría|envíeme|envíenos|mándame|mándeme|llámeme|llámame|avíseme|avísame|háganos saber|hágame saber|quedo a la espera|quedamos a la espera|espero su respuesta",
        // Italian
        "può|potrebbe|potreste|potete|puoi|potresti|la prego di|vi prego di|ti prego di|si prega di|vorrei|vorremmo|ho bisogno|abbiamo bisogno|mi serve|ci serve|mi faccia sapere|ci faccia sapere|fammi sapere|fateci sapere|mi invii|inviami|inviatemi|mi mandi|mandami|mi chiami|chiamami|resto in attesa|restiamo in attesa|attendo|attendiamo",
        // Portuguese
        "poderia|poderiam|você pode|pode enviar|pode me|podem enviar|por favor envie|por favor confirme|por favor informe|gostaria|gostaríamos|preciso|precisamos|me envie|envie-me|envie-nos|me avise|avise-me|me ligue|ligue-me|solicito|solicitamos|fico no aguardo|aguardo|aguardamos|aguardo retorno",
        // Dutch
        "kunt u|kun je|zou u|zou je|kan je|wilt u|wil je|graag ontvang|ik ontvang graag|wij ontvangen graag|graag hoor|hoor ik graag|ik hoor graag|laat me weten|laat het me weten|laat ons weten|stuur me|stuur mij|stuur ons|bel me|bel mij|ik heb nodig|wij hebben nodig|ik wil graag|wij willen graag|gelieve|verzoek ik u|graag uw|graag je|ik wacht op",
        // Polish
        "czy może|czy mógłby|czy mogłaby|czy możesz|proszę o|prosimy o|proszę przesłać|proszę wysłać|proszę podać|proszę potwierdzić|proszę zadzwonić|potrzebuję|potrzebujemy|chciałbym|chciałabym|chcielibyśmy|daj znać|proszę dać znać|czekam na|czekamy na|oczekuję|prześlij|wyślij mi",
        // Russian
        "не могли бы вы|могли бы вы|можете ли|вы можете|можешь|пожалуйста пришлите|пожалуйста отправьте|пожалуйста сообщите|пожалуйста подтвердите|пришлите|вышлите|отправьте|сообщите|подтвердите|перезвоните|позвоните|дайте знать|дай знать|прошу|просим|мне нужно|нам нужно|мне нужен|нам нужен|мне нужна|нам нужна|хотел бы|хотела бы|хотели бы|жду ответа|ждем ответа|жду вашего",
        // Swedish, Danish and Norwegian
        "kan du|kan ni|kan i|skulle du|skulle ni|kunne du|kunne i|kan dere|kunne dere|vill du|vil du|var snäll|vänligen|venligst|vennligst|skicka mig|send mig|send meg|jag behöver|vi behöver|jeg har brug for|vi har brug for|jeg trenger|vi trenger|jag skulle vilja|jeg vil gerne|jeg vil gjerne|hör av dig|låt mig veta|lad mig vide|la meg få vite|gi meg beskjed|giv besked|meddela|ring mig|ring meg|ser fram emot ditt svar|avventer svar",
        // Turkish
        "rica ederim|rica ederiz|rica ediyorum|lütfen gönder|lütfen bildir|lütfen ara|lütfen iletin|gönderir misiniz|gönderebilir misiniz|yapabilir misiniz|bilgi verir misiniz|bildirir misiniz|arar mısınız|ihtiyacım var|ihtiyacımız var|istiyorum|istiyoruz|haber verin|haber ver|bekliyorum|bekliyoruz|cevabınızı|dönüşünüzü",
    ];

    // Written without spaces between words: looked for anywhere.
    private static readonly string[] UnspacedRequests =
        [.. "请您|请你|请把|请发|请提供|请回复|请确认|请告知|请联系|请尽快|麻烦您|麻烦你|能否|可否|是否可以|可以吗|需要您|希望您|我想要|我们需要|我需要|請您|請你|請提供|請回覆|請確認|請告知|請聯絡|請盡快|麻煩您|麻煩你|需要您|我們需要|我想請|ください|下さい|お願いします|お願いいたします|お願い致します|いただけますか|いただけますでしょうか|頂けますか|もらえますか|でしょうか|ますか|お知らせ願|부탁드립니다|부탁드려요|해주세요|해 주세요|주시기 바랍니다|주시겠습니까|주시겠어요|알려주세요|알려 주세요|필요합니다|가능할까요|있을까요|습니까".Split('|')];

    // The words that make a request of what stands behind them, and what stands behind them when it is none: a note, a greeting, a line below the mail.
    private static readonly string[] PleaseLines =
    [
        "please: note|find|see attached|see below|see the attached|be informed|be advised|be aware|accept|feel free|do not hesitate|don't hesitate|excuse|forgive|pardon|ignore|disregard|consider the environment|think before|think of the environment|delete this|delete it|notify the sender|contact the sender|do not reply|don't reply",
        "kindly: note|find|be informed|ignore|disregard",
        "bitte: beachten|finden sie|schön|sehr|entschuldigen|entschuldige|denken sie an die umwelt|gern|gerne|löschen sie diese|wundern|nicht antworten|verzeihen",
        "veuillez: trouver|agréer|recevoir|croire|noter|accepter|excuser|nous excuser|m'excuser|ignorer|supprimer ce",
        "s'il vous plaît: noter|ignorez", "s'il te plaît:", "svp:", "stp:",
        "por favor: tenga en cuenta|encuentre|no responda|ignore|considere|não responda|note",
        "per favore: noti|ignori", "per cortesia:",
        "alstublieft: hierbij|hier", "alsjeblieft: hierbij|hier", "aub:", "gelieve: te vinden|op te merken",
        "proszę: bardzo|w załączeniu|w załączniku|nie odpowiadać|pamiętać",
        "пожалуйста: не отвечайте|обратите внимание|не за что",
        "lütfen: dikkat|unutmayın|yanıtlamayın",
        "vänligen: notera|observera|svara inte", "venligst: bemærk|svar ikke", "vennligst: merk|ikke svar",
    ];

    // Whoever says one of these is not just content.
    private static readonly string[] ObjectionLines =
    [
        "not|never|no longer|nobody|none|still|yet|but|however|although|unfortunately|wrong|missing|broken|damaged|instead|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|haven't|hasn't|hadn't|can't|cannot|couldn't|won't|wouldn't|shouldn't|except|late|too late|problem|problems|issue|issues|complaint|unacceptable|disappointed",
        "nicht|nichts|nie|niemals|kein|keine|keinen|keiner|keinem|aber|jedoch|allerdings|leider|falsch|fehlt|fehlen|kaputt|beschädigt|trotzdem|statt|zu spät|problem|probleme|reklamation",
        "pas|jamais|aucun|aucune|mais|cependant|toutefois|malheureusement|manque|cassé|endommagé|problème",
        "no he|no hemos|no ha|no han|no es|no está|todavía|aún|pero|sin embargo|desgraciadamente|lamentablemente|falta|roto|dañado|problema",
        "non|mai|ma|però|tuttavia|purtroppo|manca|rotto|danneggiato",
        "não|nunca|ainda|mas|porém|infelizmente|quebrado|danificado",
        "niet|nooit|geen|maar|echter|helaas|ontbreekt|kapot|beschadigd|probleem",
        "nie|nigdy|ale|jednak|niestety|brakuje|uszkodzony",
        "не|нет|никогда|но|однако|к сожалению|сломан|поврежден",
        "inte|aldrig|ingen|fortfarande|tyvärr|saknas|trasig|ikke|aldrig|endnu|ennå|desværre|dessverre|mangler|ødelagt|men",
        "değil|hala|henüz|ama|fakat|ancak|maalesef|eksik|bozuk|olmadı|gelmedi",
    ];

    // Some of them stand in what people say when all is well.
    private static readonly string HarmlessLine =
        "no problem|no problems|not a problem|no issue|no issues|no worries|no need|not at all|don't hesitate|do not hesitate|solved the problem|solved my problem|solved our problem|fixed the problem|fixed the issue|solved the issue|resolved the issue|resolved the problem|problem solved|problem is solved|issue is solved|issue is resolved|problem is fixed|issue resolved|kein problem|gar kein problem|keine ursache|nichts zu danken|problem gelöst|problem ist gelöst|problem behoben|problem ist behoben|pas de problème|pas de souci|aucun problème|aucun souci|problème résolu|problème est résolu|n'hésitez pas|sin problema|ningún problema|problema resuelto|nessun problema|non c'è problema|problema risolto|sem problema|sem problemas|problema resolvido|geen probleem|probleem opgelost|probleem is opgelost|nie ma problemu|problem rozwiązany|нет проблем|без проблем|inga problem|inget problem|ingen problem|ingen orsak|problemet är löst|problemet er løst|sorun değil|sorun yok|sorun çözüldü";

    private static readonly string[] UnspacedObjections = [.. "没有|沒有|还没|還沒|但是|可是|然而|不过|不過|错误|錯誤|ません|ないで|まだ|しかし|ですが|않|아직|하지만|그러나|못".Split('|')];

    private static readonly string ThanksLine =
        "thank you|thanks|many thanks|thx|ty|much appreciated|appreciate it|cheers|danke|vielen dank|besten dank|herzlichen dank|merci|merci beaucoup|je vous remercie|gracias|muchas gracias|grazie|grazie mille|obrigado|obrigada|muito obrigado|dank u|dank je|bedankt|dankjewel|hartelijk dank|dziękuję|dzięki|dziękujemy|спасибо|благодарю|tack|tak|takk|tusen takk|mange tak|tack så mycket|teşekkürler|teşekkür ederim|sağ olun|谢谢|謝謝|多谢|ありがとう|感謝|감사합니다|고맙습니다";

    // They are said in passing as well, so they confirm only where hardly anything else is said.
    private static readonly string ConfirmationLine = "got it|received|well received|all good|perfect|great|will do|understood|agreed|noted|alles klar|verstanden|einverstanden|passt|parfait|entendu|d'accord|bien reçu|perfecto|de acuerdo|recibido|perfetto|d'accordo|ricevuto|perfeito|recebido|prima|akkoord|ontvangen|super|ok|okay|oki|gerne|modtaget|mottatt|mottaget|tamam|хорошо|понятно|好的|了解|承知しました|알겠습니다";

    /// <summary>Requests, each as folded words between spaces.</summary>
    public static IReadOnlyList<string> Requests { get; } = [.. RequestLines.SelectMany(l => l.Split('|')).Select(Words).Distinct()];

    /// <summary>Requests in scripts that put no spaces between words, folded.</summary>
    public static IReadOnlyList<string> Unspaced { get; } = [.. UnspacedRequests.Select(w => Words(w).Trim()).Distinct()];

    /// <summary>What makes a request of the words behind it, folded, each with what may stand there without being one.</summary>
    public static IReadOnlyList<(string Please, IReadOnlyList<string> Unless)> Please { get; } =
        [.. PleaseLines.Select(l => l.Split(':')).Select(l => (Words(l[0]), (IReadOnlyList<string>)[.. l[1].Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Words)]))];

    /// <summary>Words of thanks, folded.</summary>
    public static IReadOnlyList<string> Thanks { get; } = [.. ThanksLine.Split('|').Select(Words).Distinct()];

    /// <summary>Words of plain confirmation, folded.</summary>
    public static IReadOnlyList<string> Confirmations { get; } = [.. ConfirmationLine.Split('|').Select(Words).Distinct()];

    /// <summary>Words by which somebody takes back that they are content, folded.</summary>
    public static IReadOnlyList<string> Objections { get; } = [.. ObjectionLines.SelectMany(l => l.Split('|')).Select(Words).Distinct()];

    /// <summary>What holds one of them and objects to nothing, folded.</summary>
    public static IReadOnlyList<string> Harmless { get; } = [.. HarmlessLine.Split('|').Select(Words).Distinct().OrderByDescending(w => w.Length)];

    /// <summary>Objections in scripts that put no spaces between words.</summary>
    public static IReadOnlyList<string> ObjectionsUnspaced { get; } = [.. UnspacedObjections.Select(w => Words(w).Trim()).Distinct()];

    /// <summary>Phrases with a question mark that want no answer.</summary>
    public static IReadOnlyList<string> SmallTalk { get; } =
        [.. "how are you|how are you doing|how is it going|how's it going|how are things|wie geht es dir|wie geht es ihnen|wie geht's|comment allez-vous|comment vas-tu|ça va|cómo está|cómo estás|qué tal|come sta|come stai|come va|tudo bem|como vai|hoe gaat het|hoe is het|jak się masz|как дела|hur mår du|hur är läget|hvordan går det|nasılsın|nasılsınız|你好吗|お元気ですか".Split('|').Select(Words)];

    /// <summary>Text as folded words, each between single spaces.</summary>
    public static string Words(string text)
    {
        var folded = TextFold.Fold(text);
        return $" {string.Join(' ', folded.Split(Separators, StringSplitOptions.RemoveEmptyEntries))} ";
    }
}
