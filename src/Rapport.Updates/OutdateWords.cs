using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;

namespace Rapport.Updates;

/// <summary>What did not arrive of a notice is of no use once it is over, a later word was said, or they unsubscribed (U5, U6); the all-clear always is.</summary>
internal sealed class OutdateWords(RapportDb db) : IOutdateMail
{
    public async Task<IReadOnlyDictionary<InteractionId, string>> OutdatedAsync(IReadOnlyCollection<InteractionId> mails, CancellationToken ct)
    {
        var ids = mails.Select(i => (InteractionId?)i).ToList();
        var words = await (from t in db.Set<Telling>()
                           where EF.Parameter(ids).Contains(t.Interaction)
                           join n in db.Set<Notice>() on t.Notice equals n.Id
                           join w in db.Set<NoticeWord>() on new { t.Notice, t.Place } equals new { w.Notice, w.Place }
                           where w.Kind != WordKind.AllClear
                           select new
                           {
                               Mail = t.Interaction!.Value,
                               Over = n.OverAt != null,
                               Later = db.Set<NoticeWord>().Any(x => x.Notice == t.Notice && x.Place > t.Place && x.Kind == WordKind.Update),
                               Left = db.Set<Unsubscribed>().Any(u => u.Address == t.Address && u.Topic == n.Kind && u.Channel == DispatchChannel.Email),
                           }).ToListAsync(ct);
        return words.Where(w => w.Over || w.Later || w.Left).ToDictionary(w => w.Mail, w => Why(w.Over, w.Left));
    }

    private static string Why(bool over, bool left) =>
        over ? "The notice is over, so this is not sent any more."
        : left ? "They unsubscribed from such notices, so this is not sent any more."
        : "A later word says how it stands, so this is not sent any more.";
}
