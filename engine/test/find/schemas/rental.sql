-- A film rental with two stores and a music shop beside it, one SQLite file: English teaching-database habits, no comments, declared keys,
-- addresses of customers, staff and stores in one table, hardly a row. Written and labelled before anything scored it.
CREATE TABLE country (country_id integer PRIMARY KEY, country varchar(50));
CREATE TABLE city (city_id integer PRIMARY KEY, city varchar(50), country_id integer REFERENCES country(country_id));
CREATE TABLE address (address_id integer PRIMARY KEY, address varchar(50), address2 varchar(50), district varchar(20), city_id integer REFERENCES city(city_id), postal_code varchar(10), phone varchar(20));
CREATE TABLE store (store_id integer PRIMARY KEY, manager_staff_id integer, address_id integer REFERENCES address(address_id));
CREATE TABLE staff (staff_id integer PRIMARY KEY, first_name varchar(45), last_name varchar(45), address_id integer REFERENCES address(address_id), picture blob, email varchar(50), store_id integer REFERENCES store(store_id), active integer, username varchar(16), password varchar(40));
CREATE TABLE customer (customer_id integer PRIMARY KEY, store_id integer REFERENCES store(store_id), first_name varchar(45), last_name varchar(45), email varchar(50), address_id integer REFERENCES address(address_id), active integer, create_date datetime);
CREATE TABLE film (film_id integer PRIMARY KEY, title varchar(128), description text, release_year integer, rental_rate numeric(12,2));
CREATE TABLE actor (actor_id integer PRIMARY KEY, first_name varchar(45), last_name varchar(45));
CREATE TABLE film_actor (actor_id integer REFERENCES actor(actor_id), film_id integer REFERENCES film(film_id), PRIMARY KEY (actor_id, film_id));
CREATE TABLE category (category_id integer PRIMARY KEY, name varchar(25));
CREATE TABLE inventory (inventory_id integer PRIMARY KEY, film_id integer REFERENCES film(film_id), store_id integer REFERENCES store(store_id));
CREATE TABLE rental (rental_id integer PRIMARY KEY, rental_date datetime, inventory_id integer REFERENCES inventory(inventory_id), customer_id integer REFERENCES customer(customer_id), return_date datetime, staff_id integer REFERENCES staff(staff_id));
CREATE TABLE payment (payment_id integer PRIMARY KEY, customer_id integer REFERENCES customer(customer_id), staff_id integer REFERENCES staff(staff_id), rental_id integer REFERENCES rental(rental_id), amount numeric(12,2), payment_date datetime);
CREATE TABLE Invoice (InvoiceId integer PRIMARY KEY, customer_id integer REFERENCES customer(customer_id), InvoiceDate datetime, BillingAddress varchar(70), BillingCity varchar(40), BillingState varchar(40), BillingCountry varchar(40), BillingPostalCode varchar(10), Total numeric(12,2));
CREATE TABLE InvoiceLine (InvoiceLineId integer PRIMARY KEY, InvoiceId integer REFERENCES Invoice(InvoiceId), TrackId integer, UnitPrice numeric(12,2));
CREATE TABLE Artist (ArtistId integer PRIMARY KEY, Name varchar(120));
CREATE TABLE Track (TrackId integer PRIMARY KEY, Name varchar(200), Composer varchar(220), Milliseconds integer);
CREATE TABLE Playlist (PlaylistId integer PRIMARY KEY, Name varchar(120));
CREATE TABLE MediaType (MediaTypeId integer PRIMARY KEY, Name varchar(120));
