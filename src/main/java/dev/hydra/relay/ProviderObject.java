package dev.hydra.relay;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** An object that the provider keeps for one of our callers. */
@Entity
@Table(name = "provider_object")
class ProviderObject {
    @Id
    String name = "";
    String collection = "";
    /** Empty for local callers without a token. */
    String tokenId = "";
    String keyId = "";
    /** The key's project, or the key itself where its project is not known. */
    String project = "";
    Instant created = Instant.EPOCH;
    /** When the provider has forgotten it at the latest. */
    Instant ends = Instant.EPOCH;

    /** For Hibernate. */
    ProviderObject() {
    }

    ProviderObject(ObjectName name, String tokenId, Maker maker, Instant created) {
        this.name = name.root();
        this.collection = name.collection();
        this.tokenId = tokenId;
        this.keyId = maker.keyId();
        this.project = maker.project();
        this.created = created;
        this.ends = created.plus(name.kept());
    }
}
