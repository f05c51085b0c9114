package dev.hydra.history;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A piece of what was said: no database type for long texts is portable. */
@Entity
@Table(name = "kept_piece")
class PieceRow {
    /** What a column takes on every database. */
    static final int LONGEST = 4000;

    @Id
    String id = "";
    String responseId = "";
    int place;
    String body = "";

    /** For Hibernate. */
    PieceRow() {
    }

    PieceRow(String responseId, int place, String body) {
        this.id = responseId + ':' + place;
        this.responseId = responseId;
        this.place = place;
        this.body = body;
    }
}
