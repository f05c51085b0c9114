package dev.hydra.keys;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A stored name of a model and what it stands for. */
@Entity
@Table(name = "model_name")
class NameRow {
    @Id
    String id = "";
    @Enumerated(EnumType.STRING)
    Kind kind = Kind.ALIAS;
    String name = "";
    String target = "";

    /** What the target is. */
    enum Kind {
        /** A model. */
        ALIAS,
        /** A quota group. */
        GROUP
    }

    /** For Hibernate. */
    NameRow() {
    }

    NameRow(Kind kind, String name, String target) {
        this.id = id(kind, name);
        this.kind = kind;
        this.name = name;
        this.target = target;
    }

    static String id(Kind kind, String name) {
        return kind + "|" + name;
    }
}
