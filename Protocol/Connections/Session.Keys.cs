using System.Net.WebSockets;
using Exchange.Markets;

namespace Exchange.Protocol;

// API keys: they are none of the market thread's business.
public sealed partial class Session
{
    /// <summary>Handles a request about keys. False: it is about something else.</summary>
    private async ValueTask<bool> TryHandleKeysAsync(V1.ClientMessage message)
    {
        if (message.RequestCase is not (V1.ClientMessage.RequestOneofCase.CreateApiKey or V1.ClientMessage.RequestOneofCase.GetApiKeys
            or V1.ClientMessage.RequestOneofCase.RevokeApiKey))
        {
            return false;
        }
        if (_identity!.Key is not null)
        {
            Fail(message.RequestId, V1.ErrorCode.KeyForbids, "An API key cannot list, create or revoke keys. Sign in with your own name instead.");
            return true;
        }
        bool elevated = _elevated && _user!.IsServerAdmin;
        UserLimits.TooOften? exceeded = message.RequestCase == V1.ClientMessage.RequestOneofCase.GetApiKeys
            ? _services.Limits.QueryExceeded(_user!.UserId, elevated)
            : _services.Limits.ChangeExceeded(_user!.UserId, elevated);
        if (exceeded is { } tooOften)
        {
            Fail(message.RequestId, V1.ErrorCode.RateLimited, tooOften.Sentence, tooOften.RetryAfterMs);
            return true;
        }
        switch (message.RequestCase)
        {
            case V1.ClientMessage.RequestOneofCase.CreateApiKey:
                await CreateKeyAsync(message.RequestId, message.CreateApiKey);
                break;
            case V1.ClientMessage.RequestOneofCase.RevokeApiKey:
                await RevokeKeyAsync(message.RequestId, message.RevokeApiKey);
                break;
            default:
                AnswerKeys(message.RequestId);
                break;
        }
        return true;
    }

    private async ValueTask CreateKeyAsync(ulong requestId, V1.CreateApiKey request)
    {
        long accountId = ToId(request.AccountId);
        if (Texts.NameProblem("name", request.Name, 1, Limits.MaxAccountNameLength) is { } problem)
        {
            Fail(requestId, V1.ErrorCode.InvalidField, problem);
            return;
        }
        if (request.ExpiresTimeUs != 0 && Times.Problem("expires_time_us", request.ExpiresTimeUs, NowUs) is { } wrong)
        {
            Fail(requestId, V1.ErrorCode.InvalidField, $"{wrong} 0 is for never.");
            return;
        }
        if (accountId != 0 && !_services.Keys.MayActAs(_user!.UserId, accountId))
        {
            Fail(requestId, V1.ErrorCode.AccountNotFound, "This account does not exist or is not yours.");
            return;
        }
        var wanted = new KeyInfo(0, request.Name, accountId, request.ReadOnly, NowUs, request.ExpiresTimeUs, LastUsedTimeUs: 0);
        if (await _services.Keys.CreateAsync(_user!.UserId, wanted) is not { } created)
        {
            Fail(requestId, V1.ErrorCode.LimitExceeded, $"You have {_services.Options.MaxKeysPerUser} keys, the most allowed. Revoke one first.");
            return;
        }
        Answer(requestId, new V1.ServerMessage
        {
            ApiKeyCreated = new V1.ApiKeyCreated { Key = Translate.ToKey(created.Key), Secret = created.Secret },
        });
    }

    private async ValueTask RevokeKeyAsync(ulong requestId, V1.RevokeApiKey request)
    {
        long keyId = ToId(request.KeyId);
        if (!await _services.Keys.RevokeAsync(_user!.UserId, keyId))
        {
            Fail(requestId, V1.ErrorCode.KeyNotFound, "You have no such key, or it was already revoked.");
            return;
        }
        _services.Sessions.CloseKey(keyId);
        AnswerKeys(requestId);
    }

    private void AnswerKeys(ulong requestId)
    {
        var keys = new V1.ApiKeys();
        keys.Keys.AddRange(_services.Keys.Of(_user!.UserId).Select(Translate.ToKey));
        Answer(requestId, new V1.ServerMessage { ApiKeys = keys });
    }

    internal void CloseIfKey(long keyId)
    {
        if (_identity?.Key?.KeyId == keyId)
            Close(WebSocketCloseStatus.PolicyViolation, "The API key was revoked.");
    }
}
