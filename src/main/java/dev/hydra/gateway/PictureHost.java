package dev.hydra.gateway;

import java.util.Optional;

/** Keeps pictures for a while, for clients that want an address instead of bytes (product API-5). */
public interface PictureHost {
    /** Where kept pictures are found, below the gateway's own address; the picture's name follows. */
    String PATH = "v1/images/kept/";

    /** A picture. @param type its media type, as the model said it; never trusted */
    record Picture(String type, byte[] bytes) {
    }

    /**
     * Keeps a picture.
     *
     * @return its name, which nobody can guess or change and which stops to work with the picture's time; empty when none are kept
     */
    Optional<String> keep(Picture picture);

    /** The picture of that name; empty when the name is none, or its time is over. */
    Optional<Picture> find(String name);
}
