package dev.hydra.audit;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/**
 * Inserts an {@link AuditEntry}. By hand and not by {@link AuditRow}, because each request pays for it: Hibernate takes twice as long to take the row apart and
 * to sort its values into their places as the database takes to store it.
 */
final class EntryStatement {
    static final String SQL = """
            insert into audit_entry (id, token_id, caller, address, moment, request_id, dialect, model_asked, streamed, bytes_in,
                model_used, provider, key_fingerprint, attempt_count, attempts, status, took_millis, first_byte_millis, bytes_out, ignored, failure,
                prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens, total_tokens)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private EntryStatement() {
    }

    static void bind(PreparedStatement statement, AuditEntry entry) throws SQLException {
        statement.setString(1, entry.id());
        who(statement, entry.who());
        asked(statement, entry.asked());
        tried(statement, entry.tried());
        answered(statement, entry.answered());
        tokens(statement, entry.tokens());
    }

    private static void who(PreparedStatement statement, AuditEntry.Who who) throws SQLException {
        statement.setString(2, who.tokenId());
        statement.setString(3, who.caller());
        statement.setString(4, who.address());
    }

    private static void asked(PreparedStatement statement, AuditEntry.Asked asked) throws SQLException {
        statement.setLong(5, asked.moment().toEpochMilli());
        statement.setString(6, asked.requestId());
        statement.setString(7, asked.dialect());
        statement.setString(8, asked.modelAsked());
        statement.setBoolean(9, asked.streamed());
        statement.setLong(10, asked.bytesIn());
    }

    private static void tried(PreparedStatement statement, AuditEntry.Tried tried) throws SQLException {
        statement.setString(11, tried.modelUsed());
        statement.setString(12, tried.provider());
        statement.setString(13, tried.keyFingerprint());
        statement.setInt(14, tried.attemptCount());
        statement.setString(15, tried.attempts());
    }

    private static void answered(PreparedStatement statement, AuditEntry.Answered answered) throws SQLException {
        statement.setInt(16, answered.status());
        statement.setLong(17, answered.tookMillis());
        Long firstByte = answered.firstByteMillis();
        if (firstByte == null) {
            statement.setNull(18, Types.BIGINT);
        } else {
            statement.setLong(18, firstByte);
        }
        statement.setLong(19, answered.bytesOut());
        statement.setString(20, answered.ignored());
        statement.setString(21, answered.failure());
    }

    private static void tokens(PreparedStatement statement, AuditEntry.Tokens tokens) throws SQLException {
        statement.setLong(22, tokens.promptTokens());
        statement.setLong(23, tokens.cachedTokens());
        statement.setLong(24, tokens.completionTokens());
        statement.setLong(25, tokens.reasoningTokens());
        statement.setLong(26, tokens.totalTokens());
    }
}
