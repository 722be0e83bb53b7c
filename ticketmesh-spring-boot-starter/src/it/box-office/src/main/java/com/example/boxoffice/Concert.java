package com.example.boxoffice;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

@Entity
public class Concert {
    @Id
    @GeneratedValue
    private Long id;

    private String band;
    private int seats;

    protected Concert() {}

    Concert(String band, int seats) {
        this.band = band;
        this.seats = seats;
    }

    public Long getId() {
        return id;
    }

    public String getBand() {
        return band;
    }

    public void setBand(String band) {
        this.band = band;
    }

    public int getSeats() {
        return seats;
    }

    public void setSeats(int seats) {
        this.seats = seats;
    }
}
