import { wordSet } from './word-set.ts';

/** Given names that are hardly ever anything else at the place of a noun. */
export const givenNames = wordSet(`
  Aaron Abdul Abdullah Abigail Adam Adele Aditya Adrian Agnes Ahmad Ahmed Aisha Akira Alan Albert Alejandro Aleksander
  Alessandro Alex Alexander Alexandra Alexei Alfred Ali Alice Alicia Alina Allison Amanda Amelia Amina Amir Amit Amy Ana
  Anastasia Anders Andre Andrea Andreas Andrei Andrew Andrzej Angela Anil Anita Anja Anna Anne Annika Anthony Antoine
  Anton Antonio Anya Arjun Arne Arthur Arturo Asha Ashley Astrid Ayesha Barbara Bart Beatrice Ben Benjamin Bernard Beth
  Bianca Birgit Bjorn Björn Bob Bogdan Boris Brenda Brian Bruno Camila Carl Carla Carlos Carmen Caroline Catherine
  Cecilia Charles Chen Chloe Chris Christina Christine Christopher Cindy Claire Clara Claudia Colin Cristina Dan Daniel
  Daniela Danielle Darius Dave David Deborah Deepak Deepika Denise Dennis Derek Diana Diego Dieter Dimitri Dmitri Dmitry
  Dominik Donald Dorothy Doug Edgar Edith Eduardo Edward Ekaterina Elena Eleanor Eli Elias Elisabeth Elizabeth Ella Ellen
  Emil Emilia Emily Emma Enrique Eric Erik Erika Esther Ethan Eva Evelyn Fatima Felix Fernando Filip Fiona Francesca
  Francesco Francisco François Frederik Friedrich Gabriel Gabriela Gary Geoffrey George Gerald Gerard Giovanni Giulia
  Gloria Gordon Greg Gregory Greta Guillaume Gunther Gustavo Hamza Hannah Hans Harald Harry Hassan Heather Heidi Helen
  Helena Henri Henrik Henry Hiroshi Holger Hugo Hussein Ian Ibrahim Ingrid Irene Irina Isaac Isabel Isabella Ivan Jacob
  Jacques James Jamie Jan Jane Janet Jason Javier Jeff Jeffrey Jens Jennifer Jeremy Jessica Jiang Jill Jim Jin Joan Joe
  Joel Johan Johanna Johannes John Jonas Jonathan Jorge Jose José Joseph Joshua Juan Judith Jürgen Julian Julie Justin
  Kamil Karen Karim Karin Karl Karolina Kate Katherine Kathleen Katja Kavita Keiko Keith Kelly Ken Kenji Kevin Khalid
  Klaus Krishna Kristina Krzysztof Kumar Lars Laura Lauren Layla Lea Leila Lena Leo Leon Leonardo Liam Lina Linda Lisa
  Louis Louise Luca Lucas Lucia Luis Luisa Lukas Luke Magdalena Malik Manuel Marco Marcus Margaret Maria Marie Marina
  Mario Marius Markus Marta Martha Martin Martina Mary Mateo Matt Matteo Matthew Matthias Maya Megan Mehmet Mei Melanie
  Melissa Mia Michael Michal Michelle Miguel Mika Mike Milan Ming Miriam Mohamed Mohammad Mohammed Monica Monika Muhammad
  Mustafa Nadia Nancy Naomi Natalia Natalie Natasha Nathan Neha Nicholas Nicolas Nicole Niklas Nikolai Nils Nina Noah
  Nora Olaf Oleg Olga Oliver Olivia Olivier Omar Oscar Otto Pablo Pascal Patricia Patrick Paul Paula Paulo Pavel Pedro
  Peter Petra Philip Philipp Philippe Pierre Piotr Priya Rachel Rachid Rafael Rahul Raj Rajesh Ralf Ralph Ravi Raymond
  Rebecca Ricardo Richard Rita Robert Roberto Rodrigo Roger Roland Ron Ronald Rosa Ryan Sabine Said Sally Sam Samantha
  Samir Samuel Sandra Sanjay Sara Sarah Satoshi Scott Sean Sebastian Sergei Sergey Sergio Sharon Shreya Silvia Simon
  Simone Sofia Sophia Sophie Stefan Stefanie Stephan Stephanie Stephen Steve Steven Stuart Susan Susanne Svetlana Sven
  Takashi Tamara Tanya Tariq Tatiana Teresa Theo Theresa Thomas Tim Timothy Tina Tobias Tom Tomas Tomasz Tony Ulrich
  Ursula Valentina Valerie Vanessa Vera Veronica Victor Vijay Vikram Vincent Viktor Vladimir Walter Wei Wendy Werner
  William Wolfgang Xavier Xiao Yannick Yasmin Yuki Yuri Yusuf Yvonne Zachary Zhang Zoe
`);

/** Given names that are also words, places or products; people only beside a verb that only people do. */
export const doubtfulNames = wordSet(`
  Ada Amber April Art August Austin Basil Bill Carol Chance Chandra Charlotte Chase Christian Clay Cliff Crystal Dale
  Dawn Dean Dev Drew Eve Faith Florence Frank Gene Georgia Glen Grace Grant Guy Heath Hope Iris Ivy Jack Jade Jasper
  Jordan Joy Julia June Lance Lily Luna Mark Max May Miles Olive Paige Paris Pat Penny Ray Reed Rich Rob Robin Rose
  Ruby Sage Savannah Sierra Skip Sky Sol Stella Sue Sydney Travis Victoria Violet Virginia Wade Will Woody
`);
