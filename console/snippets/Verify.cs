using System;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

public static class Webhooks
{
    private const long ToleranceSeconds = 300;

    /// <summary>Whether a request comes from the sender, is recent, and was not altered.</summary>
    /// <param name="secret">As the portal shows it: whsec_…</param>
    /// <param name="headers">Of the request, by their names in lower case.</param>
    /// <param name="body">The bytes as they came, before any parse.</param>
    public static bool Verify(
        string secret, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        if (!headers.TryGetValue("webhook-id", out var id) || id.Length == 0
            || !headers.TryGetValue("webhook-timestamp", out var timestamp)
            || !headers.TryGetValue("webhook-signature", out var signatures))
        {
            return false;
        }
        if (timestamp.Length > 12
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > ToleranceSeconds)
        {
            return false;
        }
        var text = secret.StartsWith("whsec_", StringComparison.Ordinal) ? secret[6..] : secret;
        var key = Convert.FromBase64String(text);
        var prefix = Encoding.UTF8.GetBytes($"{id}.{timestamp}.");
        var signed = new byte[prefix.Length + body.Length];
        prefix.CopyTo(signed, 0);
        body.CopyTo(signed, prefix.Length);
        using var hmac = new HMACSHA256(key);
        var expected = Encoding.UTF8.GetBytes(Convert.ToBase64String(hmac.ComputeHash(signed)));

        // There are two while a secret is rotated. One that fits is enough.
        foreach (var signature in signatures.Split(' '))
        {
            if (!signature.StartsWith("v1,", StringComparison.Ordinal)) continue;
            var given = Encoding.UTF8.GetBytes(signature[3..]);
            if (CryptographicOperations.FixedTimeEquals(given, expected)) return true;
        }
        return false;
    }
}

// With ASP.NET Core:
//
//   app.MapPost("/webhooks", async (HttpRequest request) =>
//   {
//       using var copy = new MemoryStream();
//       await request.Body.CopyToAsync(copy);
//       var headers = request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString());
//       return Webhooks.Verify(secret, headers, copy.ToArray()) ? Results.NoContent() : Results.Unauthorized();
//   });
