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
            Fail(message.RequestId, V1.ErrorCode.KeyForbids, "An API key can't see, make or revoke keys; sign in yourself.");
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
        if (Texts.Problem("name", request.Name, 1, Limits.MaxAccountNameLength, multiline: false) is { } problem)
        {
            Fail(requestId, V1.ErrorCode.InvalidField, problem);
            return;
        }
        if (request.ExpiresTimeUs != 0 && request.ExpiresTimeUs <= NowUs)
        {
            Fail(requestId, V1.ErrorCode.InvalidField, "expires_time_us must be later than now, or 0 for never.");
            return;
        }
        if (accountId != 0 && !_services.Keys.MayActAs(_user!.UserId, accountId))
        {
            Fail(requestId, V1.ErrorCode.AccountNotFound, "There is no such account, or it is not yours.");
            return;
        }
        var wanted = new KeyInfo(0, request.Name, accountId, request.ReadOnly, NowUs, request.ExpiresTimeUs, LastUsedTimeUs: 0);
        if (await _services.Keys.CreateAsync(_user!.UserId, wanted) is not { } created)
        {
            Fail(requestId, V1.ErrorCode.LimitExceeded, $"You have {_services.Options.MaxKeysPerUser} keys, the most you may; revoke one first.");
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
            Fail(requestId, V1.ErrorCode.KeyNotFound, "You have no such key, or it was revoked already.");
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
