using System.Net;
using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Webhooks;

/// <summary>An endpoint as it is written down.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Url">Where it is told: http or https.</param>
/// <param name="Kinds">What it hears of, by name; null or empty for everything.</param>
/// <param name="Mine">It hears what whoever makes it may see, their private conversations too; otherwise what everybody may see. Stays as it was made.</param>
public sealed record NewWebhook(string? Name, string? Url, IReadOnlyList<string>? Kinds = null, bool Mine = false);

/// <summary>An endpoint that was made, or given another secret.</summary>
public sealed record WebhookKey(WebhookId Id, string Secret);

/// <summary>Makes, changes and removes endpoints.</summary>
internal sealed class KeepWebhook(RapportDb db, WebhookSecrets secrets, WebhooksOptions options, TimeProvider clock)
{
    /// <summary>A new one, with a secret of its own.</summary>
    public async Task<Result<WebhookKey>> MakeAsync(NewWebhook given, Actor by, CancellationToken ct)
    {
        if (!by.May(Roles.Administrator)) return Refusal.Forbidden("webhook.forbidden", "Endpoints are made by administrators.");
        if (Check(given) is { } wrong) return wrong;
        if (await db.Set<Webhook>().CountAsync(ct) >= options.MostEndpoints) return Refusal.Conflict("webhooks.many", $"There are {options.MostEndpoints} endpoints already. Remove one that is no longer needed.");
        var webhook = new Webhook { Id = Ids.New<WebhookId>(clock), Owner = given.Mine ? by.Id : null, Secret = secrets.New(), MadeAt = clock.GetUtcNow() };
        Write(webhook, given);
        db.Add(webhook);
        return await db.SaveAsync(by, ct) is { } refusal ? refusal : new WebhookKey(webhook.Id, secrets.Open(webhook.Secret)!);
    }

    /// <summary>Changes what it is called, where it is and what it hears of.</summary>
    public async Task<Refusal?> ChangeAsync(WebhookId id, NewWebhook given, Actor by, CancellationToken ct)
    {
        if (await db.WebhookAsync(id, by, ct) is not { } webhook) return Refusal.Missing("webhook");
        if (Check(given) is { } wrong) return wrong;
        Write(webhook, given);
        return await db.SaveAsync(by, ct);
    }

    /// <summary>Removes it with its log; what waited for it is not told.</summary>
    public async Task<Refusal?> RemoveAsync(WebhookId id, Actor by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.WebhookAsync(id, by, ct) is not { } webhook) return Refusal.Missing("webhook");
        await db.Set<WebhookAttempt>().Where(a => a.Webhook == id).ExecuteDeleteAsync(ct);
        await db.Set<WebhookDelivery>().Where(d => d.Webhook == id).ExecuteDeleteAsync(ct);
        db.Remove(webhook);
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>Gives it another secret. For a day what is told is signed by both, so that whoever checks can change theirs in between.</summary>
    public async Task<Result<WebhookKey>> RotateAsync(WebhookId id, Actor by, CancellationToken ct)
    {
        if (await db.WebhookAsync(id, by, ct) is not { } webhook) return Refusal.Missing("webhook");
        (webhook.OldSecret, webhook.OldSecretUntil, webhook.Secret) = (webhook.Secret, clock.GetUtcNow() + Webhook.Overlap, secrets.New());
        db.Note("secret changed", $"webhooks/{id}", new { until = webhook.OldSecretUntil });
        return await db.SaveAsync(by, ct) is { } refusal ? refusal : new WebhookKey(id, secrets.Open(webhook.Secret)!);
    }

    private Refusal? Check(NewWebhook given)
    {
        if (given.Name?.Trim() is not { Length: > 0 and <= Webhook.LongestName }) return Refusal.Invalid("webhook.name", $"Say what it is, in at most {Webhook.LongestName} characters.", "name");
        if (given.Url?.Trim() is not { Length: > 0 and <= Webhook.LongestUrl } text || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            return Refusal.Invalid("webhook.url", "Write the whole address, as https://program.example.com/rapport.", "url");
        if (url.UserInfo.Length > 0) return Refusal.Invalid("webhook.url", "Leave the user and the password out of the address; that it is us is said by the signature.", "url");
        if (!options.AllowPrivateAddresses && (url.IsLoopback || (IPAddress.TryParse(url.DnsSafeHost, out var address) && !PublicAddresses.Contain(address))))
            return Refusal.Invalid("webhook.private", "This address lies in a private network, and nothing is sent there unless whoever runs Rapport allows it (Webhooks__AllowPrivateAddresses).", "url");
        return given.Kinds?.FirstOrDefault(k => !EventKind.All.Any(e => e.Name == k)) is { } unknown ? Refusal.Invalid("webhook.kind", $"There is no {(unknown.Length > 40 ? unknown[..40] : unknown)}; there are {string.Join(", ", EventKind.All.Select(e => e.Name))}.", "kinds") : null;
    }

    private static void Write(Webhook webhook, NewWebhook given)
    {
        (webhook.Name, webhook.Url) = (given.Name!.Trim(), given.Url!.Trim());
        // All of them is everything: also what there will be.
        webhook.Kinds = given.Kinds is { Count: > 0 } kinds && EventKind.All.Any(e => !kinds.Contains(e.Name)) ? string.Join(' ', EventKind.All.Select(e => e.Name).Where(kinds.Contains)) : "";
    }
}
