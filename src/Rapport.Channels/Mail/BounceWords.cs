using System.Buffers;

namespace Rapport.Channels.Mail;

/// <summary>What mail systems write when they give a mail back, in the languages they write in. Compared without regard to case, on text without addresses and links.</summary>
internal static class BounceWords
{
    public static readonly SearchValues<string> Full = Of(
        "over quota", "overquota", "quota exceed", "exceeded quota", "exceeds quota", "exceeded their quota", "quotaexceeded", "over their quota", "over its quota", "disk quota", "storage quota", "exceeded the quota", "over the maximum allowed",
        "mailbox full", "mailbox is full", "mailbox has exceeded", "mailbox exceeds", "mailbox size limit", "inbox is full", "mail box full", "mailfolder is full", "maildir full", "storage limit", "insufficient storage", "insufficient system storage", "out of storage", "exceeded storage",
        "not enough disk space", "not enough storage", "no space left", "disk full", "exceeded the local limit", "exceeds allowed size", "exceeds the maximum size of the mailbox", "user is over",
        "postfach ist voll", "postfach voll", "speicherplatz", "boîte pleine", "boite pleine", "boîte aux lettres pleine", "boite aux lettres pleine", "quota dépassé", "buzón lleno", "casella piena", "caixa cheia", "skrzynka pełna", "ящик переполнен", "メールボックスが一杯", "容量");

    public static readonly SearchValues<string> Nobody = Of(
        "user unknown", "unknown user", "unknown or illegal user", "user is unknown", "no such user", "no such recipient", "no such mailbox", "no such address", "no such account", "no such person", "no such local user", "no mailbox here", "no mailbox by that name", "no mailbox found", "no account by that name",
        "user not found", "user is not found", "recipient not found", "recipnotfound", "recipientnotfound", "mailbox not found", "address not found", "couldn't be found", "could not be found", "wasn't found at", "was not found at", "account not found", "not found by smtp address lookup",
        "user does not exist", "user doesn't exist", "account does not exist", "account doesn't exist", "account that you tried to reach does not exist", "address does not exist", "address doesn't exist", "mailbox does not exist", "mailbox doesn't exist", "recipient does not exist", "recipient doesn't exist", "may not exist", "does not exist on", "no existe",
        "not a valid recipient", "not a valid mailbox", "not a valid user", "not a valid address", "not our customer", "invalid recipient", "invalid mailbox", "invalid address", "invalid user", "invalid final delivery", "bad destination mailbox", "unknown recipient", "recipient unknown", "unknown mailbox", "mailbox unknown", "unknown address", "address unknown", "unknown local", "unknown email address",
        "recipient is not recognized", "recipient name is not recognized", "not listed in", "unrouteable address", "unroutable address", "no valid recipients", "no valid mailbox", "no longer on server", "no longer at this", "no longer in use", "no longer valid", "no longer works", "no longer employed", "has left the", "recipient address rejected: access denied", "user reject", "undeliverable address", "cannot find your recipient", "address couldn't be found",
        "has moved", "user moved", "no forwarding address", "mailbox moved",
        "empfänger unbekannt", "unbekannter empfänger", "unbekannter benutzer", "empfänger existiert nicht", "benutzer existiert nicht", "adresse existiert nicht", "utilisateur inconnu", "destinataire inconnu", "destinataire invalide", "n'existe pas", "usuario desconocido", "destinatario desconocido", "usuario no existe", "utente sconosciuto", "destinatario sconosciuto", "non esiste", "usuário desconhecido", "não existe", "bestaat niet", "nie istnieje", "finns inte", "findes ikke", "не существует", "пользователь не найден", "不存在", "リストにありません", "ユーザーは存在しません", "存在しません");

    public static readonly SearchValues<string> NoHost = Of(
        "host unknown", "unknown host", "host not found", "domain not found", "domain name not found", "no such domain", "domain does not exist", "domain doesn't exist", "domain is not reachable", "bad destination system", "bad destination host", "nxdomain", "no mx record", "null mx", "nullmx", "illegal host/domain", "unrouteable mail domain", "invalid domain", "unknown domain", "name or service not known",
        "does not accept mail", "doesn't accept mail", "does not accept email", "do not accept mail", "does not accept any mail", "not accepting network messages", "not accept any email");

    public static readonly SearchValues<string> Refused = Of(
        "spam", "blacklist", "black list", "black-list", "blocklist", "block list", "block-list", "blocked", "dnsbl", "listed in", "listed on", "listed at", "listed by", "banned", "reputation", "bulk mail", "unsolicited", "unwanted", "complaints", "unexpected volume", "suspicious", "phish",
        "dmarc", "dkim", "spf check", "spf fail", "(spf", "spf record", "spf validation", "sender policy framework", "unauthenticated", "authentication information", "authentication checks", "not authenticated", "sender authentication", "policy", "policies",
        "sender address rejected", "sender rejected", "sender denied", "sender verify failed", "bad sender", "sender domain", "domain of sender", "client host rejected", "reverse dns", "ptr record", "rdns", "helo command rejected", "invalid helo", "relay access denied", "relaying denied", "relay not permitted", "relay denied", "unable to relay", "no relaying", "not allowed to relay", "relaying not allowed", "invalid ip", "ip address",
        "virus", "malware", "infected", "content rejected", "message content", "security issue", "headers too large", "message too big", "message size exceeds", "size limit", "message length exceeds", "too large", "maximum size", "message is too", "multiple addresses in from", "not rfc", "rfc 5322", "rfc5322", "rfc 2822", "illegal attachment", "attachment type",
        "access denied", "not authorized", "not permitted to send", "permission to send", "not allowed to send", "not allowed to post", "not a member", "restricted", "authrequired", "too many connections", "too many messages", "too many recipients", "rate limit", "ratelimit", "throttl", "receiving mail too quickly", "duplicated message-id");

    public static readonly SearchValues<string> NotNow = Of(
        "try again later", "try later", "again later", "temporar", "timed out", "timeout", "time out", "connection refused", "lost connection", "network error", "not reachable", "unable to connect", "could not connect", "in the queue too long", "long time", "expired", "retry time", "multiple retries", "deferred", "service unavailable", "service currently unavailable", "system error", "system config error", "internal error", "resources", "too many hops", "loop",
        "disabled", "inactive", "not active", "suspended", "frozen", "locked", "discontinued", "deactivated", "greylist", "graylist", "essayer plus tard", "später", "más tarde", "più tardi");

    /// <summary>It is still tried.</summary>
    public static readonly SearchValues<string> Waits = Of(
        "delayed", "warning message only", "temporary failure report", "still undelivered", "not yet been delivered", "not been delivered yet", "has not yet been", "not yet received your message", "will keep trying", "will continue to try", "will continue trying", "continue to be attempted", "will be retried", "will retry for", "delivery incomplete", "no action is required on your part", "verzögert", "retardé", "retrasado", "demorado", "ritardo", "vertraagd", "opóźnion", "försenad", "forsinket", "задержан", "遅延", "延迟", "延遲");

    /// <summary>It is not tried any more, whatever else is said.</summary>
    public static readonly SearchValues<string> GivenUp = Of("giving up", "given up", "not going to try again", "permanent", "could not be delivered for", "will be deleted from queue", "no further", "fatal error", "has been failing for a long time", "have been failing for a long time", "retry timeout exceeded", "retry time not reached");

    /// <summary>A mail did not arrive: in subjects, and in the notice.</summary>
    public static readonly SearchValues<string> Failed = Of(
        "could not be delivered", "couldn't be delivered", "can not be delivered", "cannot be delivered", "can't be delivered", "could not deliver", "cannot deliver", "unable to deliver", "able to deliver", "unable to send", "not delivered", "wasn't delivered", "not deliverable", "non-deliver", "nondeliver", "undeliver", "non delivery", "delivery fail", "delivery has failed", "failed delivery", "failure delivery", "delivery error", "delivery problems", "delivery status notification", "delivery notification", "delivery report", "delivery to the following", "trying to deliver", "delivering your m", "trouble delivering", "problem delivering",
        "failure notice", "failure reasons", "mail system error", "returned mail", "returned to sender", "returning message", "return to sender", "message rejected", "was rejected", "been rejected", "automatically rejected", "did not reach", "could not be reached", "could not be sent", "was not sent", "failed permanently", "permanent error", "permanent fatal errors", "address failed", "address(es) failed", "addresses failed", "following recipient", "invalid user address", "error message below", "mailer error", "message blocked", "mail could not", "not a member of", "not allowed to post", "duplicated message-id", "loop alert",
        "unzustellbar", "nicht zugestellt", "nicht zustellbar", "zustellung fehlgeschlagen", "non remis", "non distribu", "pas pu être remis", "n'a pas pu être", "échec de la remise", "echec de la remise", "no se pudo entregar", "no se ha podido entregar", "no se puede entregar", "no entregado", "impossibile recapitare", "impossibile consegnare", "non recapitabile", "mancata consegna", "não foi possível entregar", "não entregue", "falha na entrega", "onbestelbaar", "niet worden bezorgd", "niet bezorgd", "kunde inte levereras", "kunne ikke leveres", "niedostarczon", "nie można dostarczyć", "nie została dostarczona", "не доставлен", "не удалось доставить", "недоставлен", "送信できません", "配信できません", "配信不能", "メールエラー", "エラー", "退信", "投递失败", "无法投递", "無法傳遞", "반송", "배달 실패");

    /// <summary>A line that asks to write somewhere, or names who sent: its addresses are no recipients.</summary>
    public static readonly SearchValues<string> Elsewhere = Of("contact", "assistance", "please send", "support", "questions", "for help", "mail from:", "from:", "message from", "sent by", "sender", "reply-to", "reply to", "return-path", "administrator", "generated from", "expanded from", "message-id", "unsubscribe");

    private static SearchValues<string> Of(params string[] words) => SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);
}
